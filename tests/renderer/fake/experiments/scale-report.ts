import type { Estimate, ExecutorKey, LawFit, ScaleCurve, ScalePoint, ScaleReport } from '../../../../src/contract';
import { makeMachine, SHA256 } from '../../../fixtures/report';

export interface CurveShape {
  executor: ExecutorKey;
  /** Tasks a second of one worker, and what the universal law is drawn with. */
  single: number;
  contention: number;
  coherency: number;
  /** Worker counts beyond these gain nothing. */
  cores: number;
  fits?: boolean;
}

const ROUNDS = 8;
const around = (value: number, by = 0.02): Estimate => ({ value, low: value * (1 - by), high: value * (1 + by) });

/** Tasks per second of this many workers: the law up to the cores, the same from there on. */
export function drawnThroughput({ single, contention, coherency, cores }: CurveShape, workers: number): number {
  const at = Math.min(workers, cores);
  return (single * at) / (1 + contention * (at - 1) + coherency * at * (at - 1));
}

function pointOf(shape: CurveShape, workers: number): ScalePoint {
  const throughput = drawnThroughput(shape, workers);
  const speedUp = throughput / drawnThroughput(shape, 1);
  const column = <T>(value: T): T[] => Array.from({ length: ROUNDS }, () => value);
  return {
    workers,
    throughput: around(throughput),
    speedUp: workers === 1 ? { value: 1, low: 1, high: 1 } : around(speedUp),
    efficiency: speedUp / Math.min(workers, shape.cores),
    coresBusy: Math.min(workers, shape.cores),
    coresOffThread: 0,
    coresWaitedFor: Math.max(0, workers - shape.cores),
    coresThrottled: null,
    running: { count: 400, minMs: 1, meanMs: 4, p50Ms: 4, p95Ms: 6, p99Ms: 7, maxMs: 9 },
    rounds: {
      round: Array.from({ length: ROUNDS }, (_, index) => index),
      place: column(0),
      throughput: column(throughput),
      windowMs: column(300),
      tasks: column(Math.round(throughput * 0.3)),
      coresBusy: column(1),
      coresOffThread: column(0),
      coresWaitedFor: column(0),
      deaths: column(0),
    },
  };
}

function fitOf(shape: CurveShape, law: LawFit['law'], points: readonly ScalePoint[]): LawFit {
  const { single, contention, fits = true } = shape;
  const coherency = law === 'usl' ? shape.coherency : 0;
  const predicted = (workers: number): number =>
    (single * workers) / (1 + contention * (workers - 1) + coherency * workers * (workers - 1));
  return {
    law,
    contention: around(contention, 0.2),
    coherency: around(coherency, 0.2),
    single: around(single),
    resampled: 'rounds',
    peak: coherency > 0 ? { workers: Math.sqrt((1 - contention) / coherency), throughput: single } : null,
    residuals: points.map(({ workers, throughput }) => throughput.value - predicted(workers)),
    rSquared: 0.996,
    fits,
    because: fits
      ? 'This law fits: it deviates by 1.0 % of the largest throughput on the whole.'
      : 'This law does not fit: it deviates by 18.0 % of the largest throughput at 8 workers.',
  };
}

function curveOf(shape: CurveShape, workers: readonly number[]): ScaleCurve {
  const points = workers.map((count) => pointOf(shape, count));
  const best = points.reduce((one, other) => (other.throughput.value > one.throughput.value ? other : one)).workers;
  const chosen =
    points.find(({ throughput }) => throughput.value >= 0.98 * drawnThroughput(shape, best))?.workers ?? best;
  return {
    executor: shape.executor,
    threadHost: shape.executor === 'threads' ? 'engine' : null,
    failure: null,
    points,
    fits: points.length < 4 ? [] : [fitOf(shape, 'amdahl', points), fitOf(shape, 'usl', points)],
    crowded: false,
    recommendation: {
      workers: chosen,
      best,
      share: around(0.99, 0.005),
      rising: false,
      why: `Past ${chosen} ${chosen === 1 ? 'worker' : 'workers'} a further one adds less than 2 %.`,
    },
    counts: { done: 4000, failed: 0, retried: 0, cancelled: 0 },
    lock: shape.executor === 'python-threads' ? 'shared' : null,
  };
}

const SCALE_SHAPES: CurveShape[] = [
  { executor: 'threads', single: 250, contention: 0.01, coherency: 0.0002, cores: 4, fits: false },
  { executor: 'processes', single: 245, contention: 0.02, coherency: 0.0004, cores: 4, fits: false },
];

/** The report of a finished scaling experiment whose curves follow these shapes. */
export function drawScaleReport(
  shapes: CurveShape[] = SCALE_SHAPES,
  overrides: Partial<ScaleReport> = {},
): ScaleReport {
  const workers = overrides.settings?.workers ?? [1, 2, 3, 4, 5, 6, 7, 8];
  return {
    schemaVersion: 3,
    id: '20261122-200000-sha256-5ca1e0',
    kind: 'scale',
    createdBy: { host: 'terminal', coreloom: '0.1.0' },
    startedAt: '2026-11-22T20:00:00.000Z',
    endedAt: '2026-11-22T20:01:00.000Z',
    outcome: 'completed',
    failure: null,
    finding: 'Threads: use 4; past that a further worker adds less than 2 %.',
    warnings: [],
    machine: makeMachine(4),
    workload: SHA256,
    settings: {
      workload: 'sha256',
      executors: shapes.map(({ executor }) => executor),
      workers,
      size: 1_000_000,
      workloadSettings: {},
      prepared: {},
      taskMs: 4,
      calibratedMs: 4.1,
      rounds: null,
      seed: 7,
    },
    elapsedMs: 60_000,
    ended: 'narrow',
    roundCount: ROUNDS,
    ceiling: {
      cpus: 4,
      marks: [
        { workers: 2, what: '2 physical cores' },
        { workers: 4, what: '4 cores' },
      ],
      explanation:
        '2 physical cores with 2 hardware threads each: the second thread of a core adds less than the first.',
    },
    curves: shapes.map((shape) => curveOf(shape, workers)),
    checksums: [{ input: 0, checksum: 0xc0ffee, tasks: 4000 }],
    observer: { samplerCpuMs: 300, samplerShare: 0.03, engineCpuMs: null, samples: 120, lateSamples: 0, maxLateMs: 2 },
    ...overrides,
  };
}
