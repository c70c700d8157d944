import { CoreloomError, errorInfo } from '../contract';

// What a command needs beyond the command line is loaded when it runs, so that the help and the version come at once.

/** What runs and measures. Errors: `not-available`. */
export const engineDoor = () => import('../engine').catch(refused);

/** What reads, compares and writes reports. Errors: `not-available`. */
export const reportsDoor = () => import('../engine/reports').catch(refused);

/** What serves the interface to a browser. Errors: `not-available`. */
export const webHostDoor = () => import('../web-host').catch(refused);

export type ReportsDoor = Awaited<ReturnType<typeof reportsDoor>>;

function refused(error: unknown): never {
  throw new CoreloomError(
    'not-available',
    `Coreloom could not be loaded: ${errorInfo(error).message}; allow it more files and memory (ulimit), or install it again.`,
    error,
  );
}
