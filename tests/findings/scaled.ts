import type { ExecutorKey, ScaleCeiling, ScaleReport } from '../../src/contract';
import { scaleFinding } from '../../src/engine/kinds/scale/finding';
import { crowded, recommendation } from '../../src/engine/kinds/scale/recommendation';
import { makeScaleReport, type CurveShape } from '../fixtures/scale-report';
import { FAILURE, type ExperimentSituation, type ExperimentTag } from './experiment-claims';
import { impossibleCurve } from './impossible';

interface Scaled {
  name: string;
  curve: Partial<CurveShape>;
  also?: CurveShape[];
  cores?: number;
  quota?: number;
  most?: number;
  waitedFor?: (workers: number) => number;
  marks?: ScaleCeiling['marks'];
  ceiling?: null;
  /** Executor that dropped out before the end. */
  failed?: ExecutorKey;
  rounds?: number;
  must: ExperimentTag[];
  /** Words that are in it, and that are not. */
  says?: RegExp;
  saysNot?: RegExp;
}

const SCALED: readonly Scaled[] = [
  {
    name: 'all cores are used',
    curve: {},
    must: ['advice', 'used-up'],
    says: /4 workers kept 4\.00 of 4 cores busy, which is all that they may use/,
  },
  {
    name: 'all cores are used by as many workers as were measured',
    curve: {},
    most: 4,
    must: ['advice', 'used-up'],
    says: /more were not measured/,
  },
  { name: 'nobody counts how busy the cores are', curve: { coresBusy: () => null }, must: ['advice', 'not-known'] },
  { name: 'still rising', curve: {}, most: 3, must: ['advice'] },
  {
    name: 'one is enough, and why was not seen',
    curve: { throughput: () => 100, coresBusy: () => 0.5 },
    must: ['advice', 'not-seen'],
  },
  {
    name: 'one that may be enough',
    curve: {
      throughput: (workers) => (workers === 1 ? 70 : 100),
      coresBusy: (workers) => Math.min(workers, 4),
      drift: (workers, round) => (workers === 1 ? 0.64 + (round % 2) * 0.8 : 1),
    },
    most: 4,
    must: ['uncertain'],
    says: /1 worker achieves .* the throughput of 2: too uncertain/,
  },
  {
    name: 'one is enough, and more fill the cores with dearer tasks',
    curve: { throughput: () => 100, coresBusy: (workers) => Math.min(workers, 4) },
    waitedFor: (workers) => Math.max(0, workers - 4),
    must: ['advice', 'used-up', 'dearer-tasks'],
    says: /8 workers kept 4\.00 of 4 cores busy/,
  },
  {
    name: 'two of four are busy, and tasks grow dearer',
    curve: { throughput: (workers) => 100 * Math.min(workers, 2) },
    must: ['advice', 'used-up', 'dearer-tasks'],
    says: /8 workers kept 4\.00 of 4 cores busy/,
    saysNot: /2 of 4 cores/,
  },
  {
    name: 'throughput falls beyond two',
    curve: { throughput: (workers) => (workers <= 2 ? 100 * workers : 400 / workers) },
    must: ['advice', 'used-up', 'dearer-tasks'],
  },
  {
    name: 'workers wait for something',
    curve: { throughput: (workers) => 100 * Math.min(workers, 2), coresBusy: (workers) => Math.min(workers, 2) * 0.4 },
    must: ['advice', 'not-seen'],
  },
  {
    name: 'more workers than cores wait for one that nobody saw used',
    curve: { throughput: (workers) => 100 * Math.min(workers, 2), coresBusy: (workers) => Math.min(workers, 2) },
    waitedFor: (workers) => (workers > 4 ? workers - 2 : 0),
    must: ['advice', 'waited-for-core', 'not-seen'],
    saysNot: /otherwise|they waited for was/,
  },
  {
    name: 'more workers than cores wait for one, and for something',
    curve: { throughput: (workers) => 100 * Math.min(workers, 2), coresBusy: (workers) => Math.min(workers, 2) },
    waitedFor: (workers) => (workers > 4 ? 2 : 0),
    must: ['advice', 'waited-for-core', 'not-seen'],
    says: /and what else they waited for, is unknown/,
  },
  {
    name: 'the lock',
    curve: {
      executor: 'python-threads',
      throughput: () => 100,
      coresBusy: (workers) => (workers === 1 ? 1 : 1.02),
      lock: 'shared',
    },
    must: ['advice', 'lock', 'not-seen'],
    says: /8 workers kept 1\.02 of 4 cores busy/,
  },
  {
    name: 'Python threads that keep more busy than one lock allows',
    curve: {
      executor: 'python-threads',
      throughput: () => 100,
      coresBusy: (workers) => (workers === 1 ? 1 : 1.25),
      lock: 'shared',
    },
    must: ['advice', 'not-seen', 'dearer-tasks'],
  },
  {
    name: 'a machine that others use',
    curve: { coresBusy: (workers) => 0.5 * Math.min(workers, 4) },
    waitedFor: (workers) => 0.5 * Math.min(workers, 4),
    must: ['not-seen', 'waited-for-core', 'again'],
    saysNot: /engine/,
  },
  {
    name: 'short tasks that the engine hands out',
    curve: { coresBusy: (workers) => 0.5 * Math.min(workers, 4), taskMs: 0.05 },
    waitedFor: (workers) => 0.3 * Math.min(workers, 4),
    must: ['not-seen', 'waited-for-core', 'cause:engine', 'again'],
    says: /longer tasks/,
  },
  {
    name: 'one core that others use',
    curve: { throughput: () => 100, coresBusy: () => 0.5 },
    cores: 1,
    most: 2,
    waitedFor: (workers) => workers - 0.5,
    must: ['not-seen', 'waited-for-core', 'again'],
  },
  {
    name: 'performance cores and slower ones',
    curve: { throughput: (workers) => 100 * Math.min(workers, 2) },
    marks: [{ workers: 2, what: '2 performance cores' }],
    must: ['advice', 'slower-cores'],
    says: /2 workers kept 2\.00 of 4 cores busy; beyond 2 performance cores/,
  },
  {
    name: 'performance cores that are not busy',
    curve: { throughput: (workers) => 100 * Math.min(workers, 2), coresBusy: (workers) => 0.5 * Math.min(workers, 2) },
    marks: [{ workers: 2, what: '2 performance cores' }],
    must: ['advice', 'not-seen'],
  },
  {
    name: 'a quota of half a CPU',
    curve: { throughput: () => 100, coresBusy: () => 0.5 },
    quota: 0.5,
    must: ['advice', 'used-up'],
    says: /1 worker kept 0\.50 of 0\.5 cores busy/,
  },
  {
    name: 'a quota of one and a half',
    curve: { throughput: (workers) => 100 * Math.min(workers, 1.5), coresBusy: (workers) => Math.min(workers, 1.5) },
    quota: 1.5,
    must: ['advice', 'used-up'],
    says: /2 workers kept 1\.50 of 1\.5 cores busy/,
  },
  {
    name: 'sleeping',
    curve: { throughput: (workers) => 100 * workers, coresBusy: (workers) => 0.02 * workers },
    ceiling: null,
    must: ['advice'],
    says: /8 is the largest number measured/,
  },
  {
    name: 'sleeping that ends',
    curve: { throughput: (workers) => 100 * Math.min(workers, 4), coresBusy: (workers) => 0.02 * Math.min(workers, 4) },
    ceiling: null,
    must: ['advice'],
  },
  {
    name: 'several executors, one of which left, after few rounds',
    curve: {},
    also: [
      {
        executor: 'processes',
        throughput: (workers) => 90 * Math.min(workers, 4),
        coresBusy: (workers) => Math.min(workers, 4),
      },
      { executor: 'python-threads', throughput: () => 50, coresBusy: () => 1, lock: 'shared' },
    ],
    failed: 'processes',
    rounds: 3,
    must: ['failed', 'advice', 'used-up', 'lock', 'not-seen', 'too-few'],
    saysNot: /Processes:/,
  },
];

function scaled({
  name,
  curve,
  also = [],
  cores = 4,
  quota = cores,
  most = 8,
  waitedFor = () => 0,
  marks = [],
  ceiling,
  failed,
  rounds,
  must,
  says,
  saysNot,
}: Scaled): ExperimentSituation {
  const shape: CurveShape = {
    executor: 'threads',
    throughput: (workers) => 100 * Math.min(workers, cores),
    coresBusy: (workers) => Math.min(workers, cores),
    ...curve,
  };
  const report = makeScaleReport([shape, ...also], {
    cores,
    most,
    ...(rounds === undefined ? {} : { roundCount: rounds }),
  });
  const of: ScaleCeiling = {
    ...report.ceiling,
    cpus: ceiling === null ? null : quota,
    marks: [...marks, ...report.ceiling.marks],
  };
  const curves = report.curves.map((one) => {
    const seen = {
      ...one,
      failure: one.executor === failed ? FAILURE : null,
      points: one.points.map((point) => ({ ...point, coresWaitedFor: waitedFor(point.workers) })),
    };
    return crowded(seen, of)
      ? { ...seen, crowded: true, recommendation: null }
      : { ...seen, crowded: false, recommendation: recommendation(seen, { ceiling: of, seed: 1 }) };
  });
  const whole: ScaleReport = { ...report, ceiling: of, curves };
  return {
    name: `scale: ${name}`,
    text: scaleFinding(whole),
    workers: 2,
    cores: [quota, cores],
    must,
    impossible: curves.flatMap((one) => impossibleCurve(one, cores)),
    says,
    saysNot,
  };
}

/** Scalings, each with what is to be said of it. */
export const SCALINGS: readonly ExperimentSituation[] = SCALED.map(scaled);
