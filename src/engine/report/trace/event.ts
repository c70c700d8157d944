/**
 * Events of the Trace Event Format ("Trace Event Format", Google, the document that chrome://tracing and Perfetto name as
 * theirs: https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU). Times are in µs.
 */
export type TraceEvent =
  /** Complete: something that went on for `dur`. */
  | {
      ph: 'X';
      name: string;
      cat: string;
      ts: number;
      dur: number;
      pid: number;
      tid: number;
      args: Record<string, string | number>;
    }
  /** Counter: each of `args` is a series. */
  | { ph: 'C'; name: string; ts: number; pid: number; tid: number; args: Record<string, number> }
  /** Instant; `s` says how wide it is: t(hread), p(rocess) or g(lobal). */
  | { ph: 'i'; name: string; cat: string; ts: number; pid: number; tid: number; s: 't' | 'p' | 'g' }
  /** Metadata: names and order of rows. */
  | {
      ph: 'M';
      name: 'process_name' | 'thread_name' | 'process_labels';
      pid: number;
      tid: number;
      args: Record<string, string>;
    }
  | {
      ph: 'M';
      name: 'process_sort_index' | 'thread_sort_index';
      pid: number;
      tid: number;
      args: { sort_index: number };
    };

/** Whole nanoseconds are finer than any of our clocks' errors. */
export const microseconds = (ms: number): number => Math.round(ms * 1e6) / 1e3;

/** Where an event stands: the row of a worker, or its process as a whole where none is named. */
export interface Place {
  pid: number;
  worker?: number;
}

/** No process has as many workers. */
const ROWS_APART = 10_000;

/**
 * Perfetto takes the row whose number is its process's for the main thread, gives those numbered 0 to another process,
 * and its SQL knows rows by number: so each row has one of its own, and what speaks of a process has the process's.
 */
export const at = ({ pid, worker }: Place): { pid: number; tid: number } => ({
  pid,
  tid: worker === undefined ? pid : pid * ROWS_APART + worker,
});

/** Name and place of a process, or of the row of a worker. */
export function rowName(place: Place, { title, order }: { title: string; order: number }): TraceEvent[] {
  const [name, sorted] =
    place.worker === undefined
      ? (['process_name', 'process_sort_index'] as const)
      : (['thread_name', 'thread_sort_index'] as const);
  return [
    { ph: 'M', name, ...at(place), args: { name: title } },
    { ph: 'M', name: sorted, ...at(place), args: { sort_index: order } },
  ];
}
