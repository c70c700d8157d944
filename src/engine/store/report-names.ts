import { CoreloomError } from '../../contract';
import { isDevice } from './file-names';

/** The file of a report, and of what was written on it. */
export const fileOf = (id: string): string => `${id}.json`;
export const labelOf = (id: string): string => `${id}.label`;

/** Letters, digits, `-` and `_` only: no path, no hidden file, and none of the names that Windows keeps for devices. */
export function isSafeId(id: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/.test(id) && !isDevice(id);
}

export function notFound(id: string, cause?: unknown): CoreloomError {
  return new CoreloomError(
    'report-not-found',
    `There is no saved report ${quoted(id)}; see the history for all saved reports.`,
    cause,
  );
}

export function quoted(id: string): string {
  return `"${id.length > 60 ? `${id.slice(0, 60)}…` : id}"`;
}
