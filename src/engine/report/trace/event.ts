/**
 * Events of the Trace Event Format ("Trace Event Format", Google, the document that chrome://tracing and Perfetto name as
 * theirs: https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU). Times are in µs.
 */
export type TraceEvent =
  /** Complete: something that went on for `dur`. */
  | { ph: 'X'; name: string; cat: string; ts: number; dur: number; pid: number; tid: number; args: Record<string, string | number> }
  /** Counter: each of `args` is a series. */
  | { ph: 'C'; name: string; ts: number; pid: number; tid: number; args: Record<string, number> }
  /** Instant; `s` says how wide it is: t(hread), p(rocess) or g(lobal). */
  | { ph: 'i'; name: string; cat: string; ts: number; pid: number; tid: number; s: 't' | 'p' | 'g' }
  /** Metadata: names and order of rows. */
  | { ph: 'M'; name: 'process_name' | 'thread_name' | 'process_labels'; pid: number; tid: number; args: Record<string, string> }
  | { ph: 'M'; name: 'process_sort_index' | 'thread_sort_index'; pid: number; tid: number; args: { sort_index: number } };

/** Whole nanoseconds are finer than any of our clocks' errors. */
export const microseconds = (ms: number): number => Math.round(ms * 1e6) / 1e3;

/** Names and places of rows. */
export function rowName(name: 'process_name' | 'thread_name', place: { pid: number; tid: number; order: number; title: string }): TraceEvent[] {
  const { pid, tid, order, title } = place;
  const sorted = name === 'process_name' ? ('process_sort_index' as const) : ('thread_sort_index' as const);
  return [
    { ph: 'M', name, pid, tid, args: { name: title } },
    { ph: 'M', name: sorted, pid, tid, args: { sort_index: order } },
  ];
}
