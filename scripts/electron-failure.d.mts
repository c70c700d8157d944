export interface NotStarted {
  state: 'not-started';
  reason: string;
  remedy: string[];
}
export interface FailedStart {
  program: string;
  said: string;
  code: number | null;
  signal: NodeJS.Signals | null;
  read?: (file: string) => string | Buffer;
}
export function notStarted(reason: string, remedy?: string[]): NotStarted;
export function whyNotStarted(failed: FailedStart): NotStarted;
