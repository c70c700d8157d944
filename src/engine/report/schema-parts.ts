import { z } from 'zod';
import {
  ERROR_CODES,
  EXECUTORS,
  LIMITS,
  REPORT_SCHEMA_VERSION,
  RUN_OUTCOMES,
  START_METHODS,
  THREAD_HOSTS,
} from '../../contract';

/** What the schemas of all kinds of reports are made of. */
export const finite = z.number();
export const amount = z.number().min(0);
export const count = z.int().min(0);
/** A share of one core, 0 to 1; the hair above 1 is room for rounding in whoever measured. */
export const share = z.number().min(0).max(1.001);
export const uint32 = z.int().min(0).max(0xffffffff);
export const text = z.string();
export const settingName = z.string().regex(/^[a-z][A-Za-z0-9]*$/);
export const instant = z.iso.datetime({ offset: true });

/** The key of an executor: its name, and its place where it has one. */
export const executor = z
  .union([z.enum(EXECUTORS), z.templateLiteral([z.enum(EXECUTORS), '@', z.string().min(1)])])
  .meta({ id: 'ExecutorKey' });
export const threadHost = z.enum(THREAD_HOSTS);
export const outcome = z.enum(RUN_OUTCOMES);
export const workers = z.int().min(0).max(LIMITS.workers.max);
export const errorInfo = z.strictObject({ code: z.enum(ERROR_CODES), message: text }).meta({ id: 'ErrorInfo' });

/** One value for each executor that has one. */
export const byExecutor = <T extends z.ZodType>(value: T) => z.partialRecord(executor, value);

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
    settings: z
      .array(
        z.strictObject({
          name: text,
          title: text,
          meaning: text,
          min: finite,
          max: finite,
          default: finite,
          whole: z.boolean(),
        }),
      )
      .default([]),
    releasesLock: z.boolean().nullable().default(null),
    prints: z.boolean(),
  })
  .meta({ id: 'WorkloadInfo' });

const cpuLimits = z
  .strictObject({
    allowedCores: z.array(count).nullable(),
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
    memoryLimit: z.strictObject({ bytes: amount, file: text }).nullable().optional(),
    os: text,
    arch: text,
    versions: z.strictObject({ coreloom: text, node: text, electron: text.nullable() }),
    limits: cpuLimits,
    clock: z.strictObject({ source: text, agrees: z.boolean() }),
  })
  .meta({ id: 'MachineInfo' });

export const taskCounts = z
  .strictObject({ done: count, failed: count, retried: count, cancelled: count, untimed: count.optional() })
  .meta({ id: 'TaskCounts' });

export const latency = z
  .strictObject({
    count,
    minMs: amount,
    meanMs: amount,
    p50Ms: amount,
    p95Ms: amount,
    p99Ms: amount.nullable(),
    maxMs: amount,
  })
  .meta({ id: 'LatencySummary' });

export const estimate = z.strictObject({ value: finite, low: finite, high: finite }).meta({ id: 'Estimate' });
export const lock = z.enum(['shared', 'own', 'off']);

const observer = z.strictObject({
  samplerCpuMs: amount.nullable(),
  samplerShare: amount.nullable(),
  engineCpuMs: amount.nullable(),
  samples: count,
  lateSamples: count,
  maxLateMs: amount,
});

export const python = z.strictObject({
  executable: text,
  version: text,
  build: text,
  lockOn: z.boolean(),
  startMethod: z.enum(START_METHODS).nullable(),
});

/** What reports of all kinds have in common. */
export const base = {
  schemaVersion: z.literal(REPORT_SCHEMA_VERSION),
  id: text.min(1),
  createdBy: z.strictObject({ host: z.enum(['desktop', 'terminal', 'browser']), coreloom: text }),
  startedAt: instant,
  endedAt: instant,
  outcome,
  failure: errorInfo.nullable(),
  finding: text,
  warnings: z.array(text),
  machine: machineInfo,
  elapsedMs: amount,
  observer,
};

/** What reports of experiments on one workload have in common. */
export const workloadBase = {
  ...base,
  workload: workloadInfo,
  checksums: z.array(z.strictObject({ input: finite, checksum: uint32, tasks: count })),
  differingInputs: count.optional(),
};

/** How the size of a task came about, in the settings of an experiment in rounds. */
export const sizeSettings = {
  size: finite,
  workloadSettings: z.record(settingName, finite),
  prepared: z.record(settingName, z.union([text, finite])),
  taskMs: amount.nullable(),
  calibratedMs: amount.nullable(),
};

/** What the settings of every experiment on a workload end with. */
export const subjectSettings = {
  python: python.optional(),
  module: text.optional(),
  deadlineMs: amount.optional(),
};

/** Rounds as columns: one value for each round in each. */
export function roundTable<T extends { round: z.ZodArray<z.ZodType> } & Record<string, z.ZodArray<z.ZodType>>>(
  columns: T,
): z.ZodObject<T, z.core.$strict> {
  return z.strictObject(columns).refine(
    (table) => {
      const lengths = Object.values(table as Record<string, unknown[]>).map((column) => column.length);
      return new Set(lengths).size === 1;
    },
    { error: 'its columns are not equally long' },
  );
}

const timeShare = share.nullable();
export const timeShares = z
  .strictObject({
    computing: share,
    offThread: timeShare,
    waitingForCore: timeShare,
    waitingForLock: timeShare,
    waitingElse: share,
    betweenTasks: timeShare,
  })
  .meta({
    id: 'TimeShares',
    description:
      'Where the time of workers went: shares of all of it, which add up to 1; null lies within waitingElse.',
  });

/** Exactly equal types, in both directions. */
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
export type Flat<T> = T extends object ? { [K in keyof T]: Flat<T[K]> } : T;
