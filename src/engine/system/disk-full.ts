import { codeOf } from './error-code';

/** Whether the system refused a write as its disk, or what of it this user may take, is full. */
export function isDiskFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes(codeOf(error));
}
