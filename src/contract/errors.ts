import { plain } from './foreign-text';
import type { ErrorInfo } from './schemas';
import type { ErrorCode } from './error-codes';

/** What every transport answers to a command. */
export type Reply<T> = { ok: true; value: T } | { ok: false; error: ErrorInfo };

/** The one error class of Coreloom. */
export class CoreloomError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, cause?: unknown) {
    // It may name a file, or tell what somebody's code has thrown.
    super(plain(message), cause === undefined ? undefined : { cause });
    this.name = 'CoreloomError';
    this.code = code;
  }
}

/** Turns anything thrown into an `ErrorInfo`; what is not a `CoreloomError` becomes `internal`. */
export function errorInfo(error: unknown): ErrorInfo {
  if (error instanceof CoreloomError) return { code: error.code, message: error.message };
  return { code: 'internal', message: plain(error instanceof Error ? error.message : String(error)) };
}
