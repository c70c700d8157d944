import { statFields } from '../../system/proc-stat';

/** What `/proc/<pid>/stat` says of a process. */
export interface ProcessTimes {
  parent: number;
  /** CPU time of all its threads, those that have ended too, ms. */
  ownMs: number;
  /** CPU time of the processes that it started and has waited for, and of those that these waited for, ms. */
  waitedForMs: number;
}

/** Parses fields 4 and 14 to 17 (proc_pid_stat(5)), in steps of 10 ms; null where they are not there. */
export function parseProcessTimes(text: string): ProcessTimes | null {
  const fields = statFields(text).slice(0, 15).map(Number);
  const [parent, user, system, childrenUser, childrenSystem] = [4, 14, 15, 16, 17].map(
    (field) => fields[field - 3] ?? NaN,
  );
  if (
    parent === undefined ||
    user === undefined ||
    system === undefined ||
    childrenUser === undefined ||
    childrenSystem === undefined
  )
    return null;
  const times = { parent, ownMs: (user + system) * 10, waitedForMs: (childrenUser + childrenSystem) * 10 };
  return Object.values(times).every(Number.isFinite) ? times : null;
}
