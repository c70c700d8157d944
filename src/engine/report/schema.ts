import { z } from 'zod';
import { ERROR_CODES, EXECUTORS, MAX_WORKERS, REPORT_SCHEMA_VERSION, START_METHODS, type ExecutorName, type Report, type ReportSummary } from '../../contract';
import { checkColumns } from './columns';

const finite = z.number();
const amount = z.number().min(0);
const count = z.int().min(0);
const coreNumber = count;
/** A share of one core, 0 to 1; the hair above 1 is room for rounding in whoever measured. */
const share = z.number().min(0).max(1.001);
const uint32 = z.int().min(0).max(0xffffffff);
const text = z.string();
const settingName = z.string().regex(/^[a-z][A-Za-z0-9]*$/);
const instant = z.iso.datetime({ offset: true });

const executor = z.enum(EXECUTORS);
const outcome = z.enum(['completed', 'cancelled', 'failed']);
const workers = z.int().min(0).max(MAX_WORKERS);
const errorInfo = z.strictObject({ code: z.enum(ERROR_CODES), message: text }).meta({ id: 'ErrorInfo' });

type ExecutorShape<T extends z.ZodType> = Record<ExecutorName, z.ZodOptional<T>>;

/** One optional field for each executor. */
function byExecutor<T extends z.ZodType>(value: T): z.ZodObject<ExecutorShape<T>, z.core.$strict> {
  const shape = Object.fromEntries(EXECUTORS.map((name) => [name, value.optional()]));
  return z.strictObject(shape as ExecutorShape<T>);
}

const workloadInfo = z
  .strictObject({
    name: text,
    title: text,
    kind: z.enum(['cpu', 'io', 'mixed', 'custom']),
    tag: text,
    summary: text,
    exercises: text,
    size: z.strictObject({ meaning: text, min: finite, max: finite, default: finite }),
    // Reports of before there were any lack these two.
    settings: z.array(z.strictObject({ name: text, title: text, meaning: text, min: finite, max: finite, default: finite, whole: z.boolean() })).default([]),
    releasesLock: z.boolean().nullable().default(null),
    prints: z.boolean(),
  })
  .meta({ id: 'WorkloadInfo' });

const cpuLimits = z
  .strictObject({
    allowedCores: z.array(coreNumber).nullable(),
    quotaCpus: amount.nullable(),
    effectiveCpus: amount,
    explanation: text,
  })
  .meta({ id: 'CpuLimits' });

const machineInfo = z
  .strictObject({
    cpuModel: text,
    physicalCores: count.nullable(),
    hardwareThreads: count,
    threadsPerCore: amount.nullable(),
    coreKinds: z.array(z.strictObject({ kind: text, count })).nullable(),
    governor: text.nullable(),
    memoryBytes: amount,
    os: text,
    arch: text,
    versions: z.strictObject({ coreloom: text, node: text, electron: text.nullable() }),
    limits: cpuLimits,
    clock: z.strictObject({ source: text, agrees: z.boolean() }),
  })
  .meta({ id: 'MachineInfo' });

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
    python: z
      .strictObject({ executable: text, version: text, build: text, lockOn: z.boolean(), startMethod: z.enum(START_METHODS).nullable() })
      .optional(),
    module: text.optional(),
    deadlineMs: amount.optional(),
  })
  .meta({ id: 'ResolvedSettings' });

const taskCounts = z.strictObject({ done: count, failed: count, retried: count, cancelled: count }).meta({ id: 'TaskCounts' });

const latency = z
  .strictObject({ count, minMs: amount, meanMs: amount, p50Ms: amount, p95Ms: amount, p99Ms: amount.nullable(), maxMs: amount })
  .meta({ id: 'LatencySummary' });

const totals = z.strictObject({
  counts: taskCounts,
  droppedEvents: count,
  throughputPerSecond: amount,
  cpuMs: amount.nullable(),
  coresBusy: amount.nullable(),
  running: latency.nullable(),
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
    counts: taskCounts,
    throughputPerSecond: amount,
    cpuMs: amount.nullable(),
    runQueueMs: amount.nullable(),
    coresBusy: amount.nullable(),
    running: latency.nullable(),
    waiting: latency.nullable(),
    startUpMs: amount.nullable(),
    handOverUs: amount.nullable(),
    memory: z
      .strictObject({ workers: count, residentBytesPerWorker: finite.nullable(), proportionalBytesPerWorker: finite.nullable() })
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

const shares = z.array(z.array(share));
const samples = z
  .strictObject({
    cores: z.array(coreNumber),
    atMs: z.array(finite),
    intervalMs: z.array(amount),
    utilization: shares,
    byExecutor: byExecutor(shares).nullable(),
    crossCheck: z.strictObject({ atMs: z.array(finite), utilization: shares }),
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

const observer = z.strictObject({
  samplerCpuMs: amount.nullable(),
  samplerShare: amount.nullable(),
  engineCpuMs: amount.nullable(),
  samples: count,
  lateSamples: count,
  maxLateMs: amount,
});

const thinned = z
  .strictObject({ seen: count, kept: count, method: text })
  .refine((value) => value.kept <= value.seen, { path: ['kept'], error: 'more were kept than seen' })
  .meta({ id: 'Thinned' });

/** The shape of a report, and (in `checkColumns`) that its tables hold together. */
export const reportSchema = z
  .strictObject({
    schemaVersion: z.literal(REPORT_SCHEMA_VERSION),
    id: text.min(1),
    kind: z.literal('live'),
    createdBy: z.strictObject({ host: z.enum(['desktop', 'terminal', 'browser']), coreloom: text }),
    startedAt: instant,
    endedAt: instant,
    outcome,
    failure: errorInfo.nullable(),
    finding: text,
    warnings: z.array(text),
    machine: machineInfo,
    workload: workloadInfo,
    settings,
    elapsedMs: amount,
    totals,
    executors: z.array(executorReport),
    resizes: z.array(z.strictObject({ atMs: finite, executor, from: workers, to: workers })),
    checksums: z.array(z.strictObject({ input: finite, checksum: uint32, tasks: count })),
    samples,
    tasks,
    lines: z.array(z.strictObject({ executor, worker: count, atMs: finite, text })),
    observer,
    thinned: z.strictObject({ tasks: thinned, samples: thinned, lines: thinned }),
  })
  .superRefine((report, context) => {
    for (const { path, message } of checkColumns(report)) context.addIssue({ code: 'custom', path, message });
  })
  .meta({ title: 'Coreloom report', description: 'The document of one run. Times are monotonic milliseconds since the start of the run; null means "not available here", never 0.' });

export const reportSummarySchema = z.strictObject({
  id: text,
  kind: z.literal('live'),
  startedAt: instant,
  outcome,
  workload: text,
  workers: byExecutor(workers),
  elapsedMs: amount,
  throughputPerSecond: amount,
  finding: text,
});

/** Exactly equal types, in both directions. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Flat<T> = T extends object ? { [K in keyof T]: Flat<T[K]> } : T;
/** Does not compile where the schema and the contract drift apart. */
true satisfies Same<Flat<z.infer<typeof reportSchema>>, Flat<Report>>;
true satisfies Same<Flat<z.infer<typeof reportSummarySchema>>, Flat<ReportSummary>>;
