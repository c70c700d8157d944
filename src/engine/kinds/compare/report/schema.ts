import { z } from 'zod';
import { languageFacts, LANGUAGES, type CompareReport } from '../../../../contract';
import {
  amount,
  count,
  errorInfo,
  estimate,
  executor,
  finite,
  latency,
  lock,
  roundTable,
  share,
  sizeSettings,
  subjectSettings,
  taskCounts,
  text,
  threadHost,
  uint32,
  workers,
  workloadBase,
  type Flat,
  type Same,
} from '../../../report/schema-parts';

const baselines = z.enum(LANGUAGES.map((language) => languageFacts(language).baseline));
const contender = z.union([executor, baselines, z.templateLiteral([baselines, '@', z.string().min(1)])]);

const settings = z
  .strictObject({
    workload: text,
    executors: z.array(executor),
    workers,
    ...sizeSettings,
    tasks: count.nullable(),
    rounds: count.nullable(),
    seed: uint32,
    ...subjectSettings,
  })
  .meta({ id: 'ResolvedCompareSettings' });

const rounds = roundTable({
  round: z.array(count),
  makespanMs: z.array(amount),
  cpuMs: z.array(amount.nullable()),
  offThreadCpuMs: z.array(amount.nullable()),
  runQueueMs: z.array(amount.nullable()),
  deaths: z.array(count),
}).meta({ id: 'RoundTable' });

const parts = z
  .strictObject({
    wholeMs: amount,
    spawnMs: amount,
    firstTaskMs: amount,
    computeMs: amount,
    serializeMs: amount.nullable(),
    // Two stamps of two processes may be a hair the wrong way round.
    transferMs: finite,
    waitingMs: finite,
    teardownMs: amount,
  })
  .meta({ id: 'TimeParts' });

const ends = z.strictObject({ low: finite, high: finite }).nullable();
const columnsOf = z.strictObject({
  wholeMs: z.array(amount),
  spawnMs: z.array(amount),
  firstTaskMs: z.array(amount),
  computeMs: z.array(amount),
  serializeMs: z.array(amount.nullable()),
  transferMs: z.array(finite),
  waitingMs: z.array(finite),
  teardownMs: z.array(amount),
});
const lives = z
  .strictObject({
    count,
    shortestMs: amount,
    longestMs: amount,
    each: columnsOf.optional(),
    intervals: z
      .strictObject({
        wholeMs: ends,
        spawnMs: ends,
        firstTaskMs: ends,
        computeMs: ends,
        serializeMs: ends,
        transferMs: ends,
        waitingMs: ends,
        teardownMs: ends,
      })
      .optional(),
  })
  .refine(
    ({ count: lived, each }) => each === undefined || Object.values(each).every((column) => column.length === lived),
    { error: 'it does not tell of each life' },
  )
  .meta({ id: 'LivesReport' });

const cores = z
  .strictObject({ cores: z.array(count), busy: z.array(share), series: z.array(z.array(share)) })
  .refine(({ cores: list, busy, series }) => busy.length === list.length && series.length === list.length, {
    error: 'it does not tell of each core',
  })
  .meta({ id: 'CoreUse' });

const contenderReport = z
  .strictObject({
    contender,
    executor,
    threadHost: threadHost.nullable(),
    workers,
    failure: errorInfo.nullable(),
    makespanMs: estimate.nullable(),
    speedUp: z.strictObject({ value: finite, low: finite, high: finite, against: contender }).nullable(),
    efficiency: amount.nullable(),
    cpuMs: amount.nullable(),
    offThreadCpuMs: amount.nullable(),
    runQueueMs: amount.nullable(),
    coresBusy: amount.nullable(),
    running: latency.nullable(),
    waiting: latency.nullable(),
    counts: taskCounts,
    startUpMs: amount.nullable(),
    handOverUs: amount.nullable(),
    memory: z.strictObject({ residentBytes: finite, proportionalBytes: finite.nullable() }).nullable(),
    lock: lock.nullable(),
    outliers: z.array(z.strictObject({ round: count, makespanMs: amount, happened: text })),
    parts: parts.nullable(),
    lives: lives.nullable().optional(),
    cores: cores.nullable().optional(),
    engineCpuMs: amount.nullable().optional(),
    throttled: z.strictObject({ periods: count, stopped: count, stoppedMs: amount }).nullable().optional(),
    rounds,
  })
  .meta({ id: 'ContenderReport' });

/** The shape of a comparison's report. */
export const compareSchema = z
  .strictObject({
    ...workloadBase,
    kind: z.literal('compare'),
    settings,
    ended: z.enum(['stable', 'rounds-done', 'round-limit', 'time-limit', 'stopped', 'failed']),
    roundCount: count,
    orders: z.array(z.array(contender)),
    contenders: z.array(contenderReport),
    differences: z.array(
      z.strictObject({
        contender,
        against: contender,
        rounds: count,
        ratio: estimate,
        callLow: finite,
        callHigh: finite,
        verdict: z.enum(['faster', 'slower', 'no-difference', 'too-few-rounds']),
      }),
    ),
  })
  .meta({ id: 'CompareReport' });
true satisfies Same<Flat<z.infer<typeof compareSchema>>, Flat<CompareReport>>;
