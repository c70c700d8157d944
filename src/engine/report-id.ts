import { randomBytes } from 'node:crypto';

/** The id of a report, from the name of what is measured: sortable by time and safe as a file name. */
export function reportId(subject: string): string {
  const stamp = new Date()
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/[-:]/g, '')
    .replace('T', '-');
  return `${stamp}-${subject}-${randomBytes(3).toString('hex')}`;
}
