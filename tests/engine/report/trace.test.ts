import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { LiveReport } from '../../../src/contract';
import { renderText } from '../../../src/engine/reports/any-kind';
import { liveTrace, sayLeftOut } from '../../../src/engine/kinds/live/report/trace';
import { makeCompareReport, NODE_SHAPES } from '../../fixtures/compare-report';
import { makeHostileReport } from '../../fixtures/hostile-report';
import { makeReport } from '../../fixtures/report';

/**
 * The JSON object form and the event types used here, after the format's documentation: "Trace Event Format", Google,
 * https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU ("JSON Object Format", "Event
 * Descriptions": duration-less common fields name, cat, ph, ts, pid, tid, args; complete X with dur; counter C whose args
 * are numbers; instant i with scope s; metadata M with process_name, process_labels, process_sort_index, thread_name,
 * thread_sort_index). Other keys of the object are metadata. ts and dur are µs and may be fractions.
 */
const id = z.int().min(0);
const microseconds = z.number().min(0);
const at = { ts: microseconds, pid: id, tid: id };
const event = z.union([
  z.strictObject({
    ph: z.literal('X'),
    name: z.string().min(1),
    cat: z.string().min(1),
    dur: microseconds,
    args: z.record(z.string(), z.union([z.string(), z.number()])),
    ...at,
  }),
  z.strictObject({
    ph: z.literal('C'),
    name: z.string().min(1),
    args: z.record(z.string(), z.number()).refine((series) => Object.keys(series).length > 0),
    ...at,
  }),
  z.strictObject({
    ph: z.literal('i'),
    name: z.string().min(1),
    cat: z.string().min(1),
    s: z.enum(['g', 'p', 't']),
    ...at,
  }),
  z.strictObject({
    ph: z.literal('M'),
    name: z.enum(['process_name', 'thread_name']),
    pid: id,
    tid: id,
    args: z.strictObject({ name: z.string().min(1) }),
  }),
  z.strictObject({
    ph: z.literal('M'),
    name: z.literal('process_labels'),
    pid: id,
    tid: id,
    args: z.strictObject({ labels: z.string() }),
  }),
  z.strictObject({
    ph: z.literal('M'),
    name: z.enum(['process_sort_index', 'thread_sort_index']),
    pid: id,
    tid: id,
    args: z.strictObject({ sort_index: z.int() }),
  }),
]);
const traceFile = z.strictObject({
  displayTimeUnit: z.enum(['ms', 'ns']),
  metadata: z.record(z.string(), z.unknown()),
  traceEvents: z.array(event),
});

interface Event {
  ph: string;
  name: string;
  pid: number;
  tid: number;
  ts: number;
  dur: number;
  args: Record<string, never>;
}
function traceOf(report: LiveReport): { events: Event[]; metadata: Record<string, unknown> } {
  const file = JSON.parse(renderText(report, 'trace').content) as {
    traceEvents: Event[];
    metadata: Record<string, unknown>;
  };
  expect(traceFile.safeParse(file).error?.issues.slice(0, 2) ?? []).toEqual([]);
  return { events: file.traceEvents, metadata: file.metadata };
}
const nanoseconds = (us: number): number => Math.round(us * 1000);
const report = (): LiveReport => makeReport({}, { cores: 2, workers: { threads: 2, processes: 1 }, elapsedMs: 2000 });

describe('a trace', () => {
  it('follows the format, also of a report that does all it can to break it', () => {
    expect(traceOf(report()).metadata).toMatchObject({ leftOutInWords: 'nothing was left out' });
    traceOf(makeHostileReport());
    traceOf({
      ...report(),
      executors: report().executors.map((one) => ({ ...one, deaths: [{ atMs: 5, worker: 1, code: 1, signal: null }] })),
    });
  });

  it('has a block for each task, in the row of its worker, at its time in µs', () => {
    const live = report();
    const { events } = traceOf(live);
    const blocks = events.filter(({ ph }) => ph === 'X');
    expect(blocks).toHaveLength(live.tasks.id.length);
    const first = live.tasks.id.indexOf(0);
    const block = blocks.find(({ args }) => args['task'] === 0)!;
    expect(block.ts).toBeCloseTo(live.tasks.startedMs[first]! * 1000, 3);
    expect(block.dur).toBeCloseTo((live.tasks.finishedMs[first]! - live.tasks.startedMs[first]!) * 1000, 3);
    const rows = events
      .filter(({ name }) => name === 'thread_name')
      .map(({ pid, tid, args }) => `${String(pid)}/${String(tid)} ${String(args['name'])}`);
    expect(rows.sort()).toEqual(['2/20001 thread 1', '2/20002 thread 2', '3/30001 process 1']);
    const inRow = (tid: number): Event[] => blocks.filter((one) => one.tid === tid);
    for (const tid of [20001, 20002, 30001]) {
      const row = inRow(tid);
      // Perfetto leaves out what reaches into a neighbour, be it by a nanosecond.
      for (const [place, one] of row.slice(1).entries())
        expect(nanoseconds(one.ts)).toBeGreaterThanOrEqual(nanoseconds(row[place]!.ts) + nanoseconds(row[place]!.dur));
    }
  });

  it('names every row, and none like its process, which Perfetto would call the main thread', () => {
    const live = report();
    const { events } = traceOf({
      ...live,
      executors: live.executors.map((one) => ({ ...one, deaths: [{ atMs: 5, worker: 77, code: 1, signal: null }] })),
    });
    const named = (name: string): number[] => events.filter((one) => one.name === name).map(({ tid }) => tid);
    expect(new Set(named('thread_name')).size).toBe(named('thread_name').length);
    expect(named('thread_name').filter((tid) => named('process_name').includes(tid))).toEqual([]);
    for (const { ph, pid, tid } of events.filter(({ ph }) => ph !== 'M')) {
      if (ph === 'C') expect(tid).toBe(pid);
      else expect(named('thread_name')).toContain(tid);
    }
  });

  it('begins the value of a core with the time that it speaks of', () => {
    const live = report();
    const busy = traceOf(live).events.filter(({ name }) => name === 'core 0, % of it');
    expect(busy.map(({ ts }) => ts)).toEqual(
      live.samples.atMs.map((atMs, row) => Math.round((atMs - live.samples.intervalMs[row]!) * 1000)),
    );
    expect(busy.map(({ args }) => args['busy'])).toEqual(
      live.samples.utilization[0]?.map((share) => Math.round((share ?? NaN) * 1000) / 10),
    );
  });

  it('counts cores, tasks a second, and tasks that wait', () => {
    const live = report();
    const { events } = traceOf(live);
    const counters = new Set(events.filter(({ ph }) => ph === 'C').map(({ name }) => name));
    expect([...counters].sort()).toEqual([
      'core 0, % of it',
      'core 1, % of it',
      'processes, tasks per second',
      'processes, tasks waiting',
      'threads, tasks per second',
      'threads, tasks waiting',
    ]);
    const waiting = events.filter(({ name }) => name === 'threads, tasks waiting');
    for (const { ts, args } of waiting) {
      const ms = ts / 1000;
      const wanted = live.tasks.id.filter(
        (_, row) =>
          live.tasks.executor[row] === 0 && live.tasks.queuedMs[row]! <= ms && live.tasks.startedMs[row]! > ms,
      ).length;
      expect(args['waiting']).toBe(wanted);
    }
  });

  it('does not count waiting tasks where the report left tasks out', () => {
    const live = report();
    const { events, metadata } = traceOf({
      ...live,
      thinned: { ...live.thinned, tasks: { seen: 9_999, kept: live.tasks.id.length, method: 'some' } },
    });
    expect(events.some(({ name }) => name.endsWith('waiting'))).toBe(false);
    expect(metadata['leftOutInWords']).toMatch(/tasks that the report itself does not keep/);
  });

  it('is bounded: the last tasks and evenly chosen samples stay, and the rest is counted', () => {
    const live = report();
    const { events, leftOut } = liveTrace(live, { tasks: 10, counters: 60 });
    const blocks = events.filter(({ ph }) => ph === 'X');
    expect(blocks).toHaveLength(10);
    expect(events.filter(({ ph }) => ph === 'C').length).toBeLessThanOrEqual(60);
    expect(leftOut).toEqual({
      tasks: live.tasks.id.length - 10,
      tasksBeforeReport: 0,
      samples: live.samples.atMs.length - 10,
      deaths: 0,
    });
    expect(sayLeftOut(leftOut)).toBe(
      `left out: the first ${String(leftOut.tasks)} tasks, ${String(leftOut.samples)} samples`,
    );
    expect(events.find(({ name }) => name === 'process_labels')).toMatchObject({
      args: { labels: sayLeftOut(leftOut) },
    });
  });

  it('is refused of a comparison, in one sentence that says what to do', () => {
    expect(() => renderText(makeCompareReport(NODE_SHAPES), 'trace')).toThrow(/only live runs keep/);
  });
});
