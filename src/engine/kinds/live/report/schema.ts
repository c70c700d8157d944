import { z } from 'zod';
import type { LiveReport } from '../../../../contract';
import { checkColumns } from './columns';
import {
  amount,
  byExecutor,
  count,
  executor,
  finite,
  latency,
  settingName,
  share,
  subjectSettings,
  taskCounts,
  text,
  threadHost,
  timeShares,
  uint32,
  workers,
  workloadBase,
  type Flat,
  type Same,
} from '../../../report/schema-parts';

const settings = z
  .strictObject({
    workload: text,
    workers: byExecutor(workers),
    size: finite,
    // Reports of before there were any lack these two.
    workloadSettings: z.record(settingName, finite).default({}),
    prepared: z.record(settingName, z.union([text, finite])).default({}),
    taskMs: amount.nullable(),
    calibratedMs: amount.nullable(),
    durationMs: amount.nullable(),
    tasks: count.nullable(),
    seed: finite,
    ...subjectSettings,
  })
  .meta({ id: 'ResolvedSettings' });

const totals = z.strictObject({
  counts: taskCounts,
  underWay: count.optional(),
  droppedEvents: count,
  throughputPerSecond: amount,
  cpuMs: amount.nullable(),
  offThreadCpuMs: amount.nullable(),
  coresBusy: amount.nullable(),
  running: latency.nullable(),
  // Reports of before they were told apart lack it.
  failedRunning: latency.nullable().default(null),
});

const lockShare = z.number().min(0).max(1).nullable();
const lock = z
  .strictObject({
    lock: z.enum(['shared', 'own', 'off']),
    coresBusy: amount.nullable(),
    onCpuShare: lockShare,
    waitingShare: lockShare,
    waitingFrom: z.enum(['seen', 'at-most', 'none']),
    heldShare: lockShare,
    probe: z.strictObject({ looks: count, meanWaitMs: amount.nullable(), cpuShare: amount }).nullable(),
    releasesLock: z.boolean().nullable(),
    workers: z.array(z.strictObject({ worker: count, onCpuShare: lockShare, waitingShare: lockShare })),
  })
  .meta({ id: 'LockProgress', description: 'The interpreter lock of a Python executor over the run.' });

const executorReport = z
  .strictObject({
    executor,
    threadHost: threadHost.nullable(),
    counts: taskCounts,
    throughputPerSecond: amount,
    cpuMs: amount.nullable(),
    offThreadCpuMs: amount.nullable(),
    runQueueMs: amount.nullable(),
    coresBusy: amount.nullable(),
    shares: timeShares.nullable(),
    running: latency.nullable(),
    // Reports of before they were told apart lack it.
    failedRunning: latency.nullable().default(null),
    waiting: latency.nullable(),
    startUpMs: amount.nullable(),
    handOverUs: amount.nullable(),
    memory: z
      .strictObject({
        workers: count,
        residentBytesPerWorker: finite.nullable(),
        proportionalBytesPerWorker: finite.nullable(),
      })
      .nullable(),
    // Executors without an interpreter have no lock, nor had reports of before there were any.
    lock: lock.nullable().optional(),
    deaths: z.array(z.strictObject({ atMs: finite, worker: count, code: z.int().nullable(), signal: text.nullable() })),
    workers: z.array(
      z.strictObject({
        worker: count,
        pid: count,
        tid: count.nullable(),
        settled: count,
        cpuMs: amount.nullable(),
        runQueueMs: amount.nullable(),
        startUpMs: amount.nullable(),
      }),
    ),
  })
  .meta({ id: 'ExecutorReport' });

const sharesOrNull = z.array(z.array(share.nullable()));
const comparison = z
  .strictObject({
    core: count,
    readings: count,
    kernel: share.nullable(),
    systeminformation: share.nullable(),
    meanApart: share.nullable(),
    worstApart: share.nullable(),
  })
  .meta({
    id: 'CoreComparison',
    description: 'One core by the kernel and by systeminformation over the same seconds.',
  });
const samples = z
  .strictObject({
    cores: z.array(count),
    atMs: z.array(finite),
    intervalMs: z.array(amount),
    utilization: sharesOrNull,
    byExecutor: byExecutor(sharesOrNull).nullable(),
    crossCheck: z.strictObject({
      atMs: z.array(finite),
      utilization: z.array(z.array(share.nullable())),
      cores: z.array(comparison).nullable(),
    }),
    frequencyMhz: z.strictObject({ atMs: z.array(finite), mean: z.array(amount.nullable()) }),
    temperatureC: z.strictObject({ atMs: z.array(finite), value: z.array(finite) }),
    throughput: byExecutor(z.array(amount)),
  })
  .meta({ id: 'SampleTable' });

const tasks = z
  .strictObject({
    executors: z.array(executor),
    states: z.array(z.enum(['done', 'failed', 'cancelled'])),
    id: z.array(count),
    executor: z.array(count),
    worker: z.array(count),
    state: z.array(count),
    attempts: z.array(count),
    input: z.array(finite),
    queuedMs: z.array(finite),
    startedMs: z.array(finite),
    finishedMs: z.array(finite),
    checksum: z.array(uint32.nullable()),
    errors: z.array(z.strictObject({ id: count, message: text })),
  })
  .meta({ id: 'TaskTable' });

const thinned = z
  .strictObject({ seen: count, kept: count, method: text })
  .refine((value) => value.kept <= value.seen, { path: ['kept'], error: 'more were kept than seen' })
  .meta({ id: 'Thinned' });

/** The shape of a live run's report, and (in `checkColumns`) that its tables hold together. */
export const liveSchema = z
  .strictObject({
    ...workloadBase,
    kind: z.literal('live'),
    settings,
    totals,
    executors: z.array(executorReport),
    resizes: z.array(z.strictObject({ atMs: finite, executor, from: workers, to: workers })),
    samples,
    tasks,
    lines: z.array(z.strictObject({ executor, worker: count, atMs: finite, text, lost: count.optional() })),
    thinned: z.strictObject({ tasks: thinned, samples: thinned, lines: thinned }),
  })
  .superRefine((report, context) => {
    for (const { path, message } of checkColumns(report)) context.addIssue({ code: 'custom', path, message });
  })
  .meta({ id: 'LiveReport' });
true satisfies Same<Flat<z.infer<typeof liveSchema>>, Flat<LiveReport>>;
