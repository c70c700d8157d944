import type { CompareReport, ContenderReport, ErrorInfo, ExecutorName, MachineInfo, ScaleCeiling, ScaleCurve, ScalePoint, ScaleReport, WorkloadKind } from '../../src/contract';
import { verdict } from '../../src/engine/experiment/compare/verdict';
import { scaleFinding } from '../../src/engine/experiment/scale/finding';
import { crowded, recommendation } from '../../src/engine/experiment/scale/recommendation';
import { makeCompareReport, type ContenderShape } from '../fixtures/compare-report';
import { SHA256 } from '../fixtures/report';
import { makeScaleReport, type CurveShape } from '../fixtures/scale-report';

/** What the sentences of comparisons and scaling may claim; told by their words, as they are made from reports. */
export const CLAIMS = {
  gain: /as fast as/,
  'no-difference': /[Nn]o difference shown/,
  'no-gain': /gain nothing that was shown|are slower than one worker/,
  'too-few': /Too few rounds|fewer than \d/,
  failed: /could not be measured to the end/,
  waits: /waits rather than computes/,
  'off-thread': /computes off its tasks’ threads/,
  'used-up': /all that may be used/,
  lock: /interpreter lock lets one of them compute|as threads behind one interpreter lock would/,
  'between-tasks': /without a task/,
  'hand-over': /short beside their way/,
  'waited-for-core': /waited for a core/,
  'cause:quota': /the quota of .* stopped/,
  'cause:own-workers': /workers for \d+ cores?/,
  'cause:engine': /Coreloom’s own engine/,
  'cause:besides': /something besides/,
  'not-seen': /was not seen/,
  'not-known': /is not known here/,
  uncertain: /too uncertain/,
  again: /Measure again/,
  'slower-cores': /have slower ones/,
  'dearer-tasks': /the CPU time that it takes with one/,
  'too-busy': /too busy to judge/,
  advice: /[Uu]se (?:at least )?\d|[Oo]ne worker is enough/,
} as const;
export type ExperimentTag = keyof typeof CLAIMS;

export interface ExperimentSituation {
  name: string;
  text: string;
  /** Of one contender or curve whose sentence speaks of workers. */
  workers: number;
  cores: readonly number[];
  must: readonly ExperimentTag[];
  /** What of it cannot be: no number of a situation may be such. */
  impossible: string[];
  /** Words that are in it, and that are not. */
  says?: RegExp | undefined;
  saysNot?: RegExp | undefined;
}

const FAILURE: ErrorInfo = { code: 'worker-died', message: 'It died.' };

type Shape = Partial<ContenderShape>;
interface Compared {
  name: string;
  kind?: WorkloadKind;
  title?: string;
  /** Of the fastest; the baseline is slower, and others are as given. */
  best: Shape;
  cores?: number;
  quota?: number;
  baseline?: Shape;
  others?: ContenderShape[];
  off?: number;
  tasks?: number;
  must: ExperimentTag[];
}

const COMPARED: readonly Compared[] = [
  { name: 'threads gain on 2 cores', best: {}, must: ['gain', 'used-up'] },
  { name: 'threads gain on 4 cores, and use two', best: {}, cores: 4, must: ['gain'] },
  { name: 'threads are no faster than one', best: { makespanMs: 401, coresBusy: 1 }, must: ['no-difference'] },
  { name: '8 workers on 2 cores', best: { workers: 8, coresBusy: 1.95, queued: 3 }, must: ['gain', 'waited-for-core', 'cause:own-workers'] },
  { name: 'beside two busy loops', best: { coresBusy: 1, queued: 0.95, besides: 0.95 }, must: ['gain', 'waited-for-core', 'cause:besides', 'too-busy'] },
  { name: 'beside a little of others', best: { coresBusy: 1.6, queued: 0.16, besides: 0.3 }, must: ['gain', 'waited-for-core', 'cause:besides'] },
  { name: 'waiting for a core, and nobody saw why', best: { coresBusy: 1.4, queued: 0.3 }, must: ['gain', 'waited-for-core', 'not-seen'] },
  { name: 'waiting long for a core, and nobody saw why', best: { coresBusy: 1, queued: 0.9 }, must: ['gain', 'waited-for-core', 'not-seen'] },
  { name: 'short tasks that the engine hands out', best: { makespanMs: 4, coresBusy: 1.3, queued: 0.4, engine: 0.6 }, baseline: { makespanMs: 8 }, must: ['gain', 'waited-for-core', 'cause:engine'] },
  { name: 'short tasks that do not come in time', best: { makespanMs: 4, coresBusy: 0.6, supplied: 0.3 }, baseline: { makespanMs: 8 }, must: ['gain', 'between-tasks', 'hand-over'] },
  { name: 'long tasks that are too few', best: { coresBusy: 0.6, supplied: 0.3 }, tasks: 3, must: ['gain', 'between-tasks'] },
  { name: 'a quota of half a CPU', best: { coresBusy: 0.5, queued: 3, stopped: 94 }, quota: 0.5, must: ['gain', 'waited-for-core', 'cause:quota'] },
  { name: 'a quota that is not counted as waiting', best: { coresBusy: 0.5, stopped: 94 }, quota: 0.5, must: ['gain', 'cause:quota'] },
  { name: 'a quota that was not met, others have the cores', best: { coresBusy: 0.2, queued: 8, stopped: 0, besides: 1.7 }, quota: 0.5, must: ['gain', 'waited-for-core', 'cause:besides', 'too-busy'] },
  { name: 'requests', kind: 'io', best: { coresBusy: 0.05 }, must: ['gain', 'waits'] },
  { name: 'requests beside two busy loops', kind: 'io', best: { coresBusy: 0.05, queued: 2, besides: 1.8 }, must: ['gain', 'waits'] },
  { name: 'requests that wait for a core for a third of their time', kind: 'io', best: { coresBusy: 0.05, queued: 14, besides: 1.8 }, must: ['gain', 'waited-for-core', 'cause:besides', 'too-busy'] },
  { name: 'a file of somebody that waits', kind: 'custom', best: { coresBusy: 0.1 }, must: ['gain', 'waits'] },
  { name: 'a file of somebody that computes', kind: 'custom', best: {}, must: ['gain', 'used-up'] },
  { name: 'async crypto', kind: 'custom', best: { coresBusy: 0.05 }, off: 1.85, must: ['gain', 'off-thread'] },
  { name: 'Python threads that hold the lock', best: { contender: 'python-threads', makespanMs: 399, coresBusy: 1, lock: 'shared' }, baseline: { contender: 'python-sequential', makespanMs: 400, lock: 'shared' }, must: ['no-difference', 'lock'] },
  { name: 'Python threads that release the lock', best: { contender: 'python-threads', lock: 'shared' }, baseline: { contender: 'python-sequential', lock: 'shared' }, must: ['gain', 'used-up'] },
  { name: 'Python threads on a crowded machine: nothing is said of the lock', best: { contender: 'python-threads', makespanMs: 390, coresBusy: 0.8, queued: 1, lock: 'shared', besides: 1.1 }, baseline: { contender: 'python-sequential', makespanMs: 400, coresBusy: 0.5, lock: 'shared' }, must: ['no-difference', 'waited-for-core', 'cause:besides', 'too-busy'] },
  { name: 'threads that are slower than one worker', best: { contender: 'processes' }, others: [{ contender: 'threads', makespanMs: 600, coresBusy: 0.7 }], must: ['gain', 'used-up', 'no-gain'] },
];

function compared({ name, kind = 'cpu', title, best, cores = 2, quota, baseline = {}, others = [], off, tasks, must }: Compared): ExperimentSituation {
  const shapes: ContenderShape[] = [{ contender: 'sequential', makespanMs: 400, workers: 1, ...baseline }, { contender: 'threads', makespanMs: 200, cores, ...best }, ...others];
  const report = makeCompareReport(shapes, { workload: { ...SHA256, kind, title: title ?? (kind === 'io' ? 'Requests' : kind === 'custom' ? 'task.mjs' : 'SHA-256') } });
  const limits = { ...report.machine.limits, allowedCores: null, quotaCpus: quota ?? null, effectiveCpus: Math.min(quota ?? cores, cores) };
  const machine: MachineInfo = { ...report.machine, hardwareThreads: cores, limits };
  const contenders = report.contenders.map((one) => withOff(one, one.workers > 1 ? off : undefined));
  const whole: CompareReport = { ...report, machine, contenders, settings: { ...report.settings, tasks: tasks ?? report.settings.tasks } };
  return { name: `compare: ${name}`, text: verdict(whole), workers: 2, cores: [limits.effectiveCpus, cores], must, impossible: [] };
}

function withOff(one: ContenderReport, off: number | undefined): ContenderReport {
  if (off === undefined || one.makespanMs === null || one.coresBusy === null) return one;
  const offThreadCpuMs = off * one.makespanMs.value;
  return { ...one, coresBusy: one.coresBusy + off, offThreadCpuMs, rounds: { ...one.rounds, offThreadCpuMs: one.rounds.round.map(() => offThreadCpuMs) } };
}

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
  /** Executor that could not be measured to the end. */
  failed?: ExecutorName;
  rounds?: number;
  must: ExperimentTag[];
  /** Words that are in it, and that are not. */
  says?: RegExp;
  saysNot?: RegExp;
}

const SCALED: readonly Scaled[] = [
  { name: 'all cores are used', curve: {}, must: ['advice', 'used-up'], says: /4 workers kept 4 of 4 cores busy, all that may be used/ },
  { name: 'all cores are used by as many workers as were measured', curve: {}, most: 4, must: ['advice', 'used-up'], says: /more were not measured/ },
  { name: 'nobody counts how busy the cores are', curve: { coresBusy: () => null }, must: ['advice', 'not-known'] },
  { name: 'still rising', curve: {}, most: 3, must: ['advice'] },
  { name: 'one is enough, and why was not seen', curve: { throughput: () => 100, coresBusy: () => 0.5 }, must: ['advice', 'not-seen'] },
  { name: 'one that may be enough', curve: { throughput: (workers) => (workers === 1 ? 70 : 100), coresBusy: (workers) => Math.min(workers, 4), drift: (workers, round) => (workers === 1 ? 0.64 + (round % 2) * 0.8 : 1) }, most: 4, must: ['uncertain'], says: /1 worker does .* what 2 do: too uncertain/ },
  { name: 'one is enough, and more fill the cores with dearer tasks', curve: { throughput: () => 100, coresBusy: (workers) => Math.min(workers, 4) }, waitedFor: (workers) => Math.max(0, workers - 4), must: ['advice', 'used-up', 'dearer-tasks'], says: /8 workers kept 4 of 4 cores busy/ },
  { name: 'two of four are busy, and tasks grow dearer', curve: { throughput: (workers) => 100 * Math.min(workers, 2) }, must: ['advice', 'used-up', 'dearer-tasks'], says: /8 workers kept 4 of 4 cores busy/, saysNot: /2 of 4 cores/ },
  { name: 'throughput falls beyond two', curve: { throughput: (workers) => (workers <= 2 ? 100 * workers : 400 / workers) }, must: ['advice', 'used-up', 'dearer-tasks'] },
  { name: 'workers wait for something', curve: { throughput: (workers) => 100 * Math.min(workers, 2), coresBusy: (workers) => Math.min(workers, 2) * 0.4 }, must: ['advice', 'not-seen'] },
  { name: 'more workers than cores wait for one that nobody saw used', curve: { throughput: (workers) => 100 * Math.min(workers, 2), coresBusy: (workers) => Math.min(workers, 2) }, waitedFor: (workers) => (workers > 4 ? workers - 2 : 0), must: ['advice', 'waited-for-core', 'not-seen'], saysNot: /otherwise|they waited for was/ },
  { name: 'more workers than cores wait for one, and for something', curve: { throughput: (workers) => 100 * Math.min(workers, 2), coresBusy: (workers) => Math.min(workers, 2) }, waitedFor: (workers) => (workers > 4 ? 2 : 0), must: ['advice', 'waited-for-core', 'not-seen'], says: /nor what they waited for otherwise/ },
  { name: 'the lock', curve: { executor: 'python-threads', throughput: () => 100, coresBusy: (workers) => (workers === 1 ? 1 : 1.02), lock: 'shared' }, must: ['advice', 'lock'], says: /8 workers kept 1\.02 of 4 cores busy/ },
  { name: 'Python threads that keep more busy than one lock allows', curve: { executor: 'python-threads', throughput: () => 100, coresBusy: (workers) => (workers === 1 ? 1 : 1.25), lock: 'shared' }, must: ['advice', 'not-seen', 'dearer-tasks'] },
  { name: 'a machine that others use', curve: { coresBusy: (workers) => 0.5 * Math.min(workers, 4) }, waitedFor: (workers) => 0.5 * Math.min(workers, 4), must: ['not-seen', 'waited-for-core', 'again'], saysNot: /engine/ },
  { name: 'short tasks that the engine hands out', curve: { coresBusy: (workers) => 0.5 * Math.min(workers, 4), taskMs: 0.05 }, waitedFor: (workers) => 0.3 * Math.min(workers, 4), must: ['not-seen', 'waited-for-core', 'cause:engine', 'again'], says: /longer tasks/ },
  { name: 'one core that others use', curve: { throughput: () => 100, coresBusy: () => 0.5 }, cores: 1, most: 2, waitedFor: (workers) => workers - 0.5, must: ['not-seen', 'waited-for-core', 'again'] },
  { name: 'performance cores and slower ones', curve: { throughput: (workers) => 100 * Math.min(workers, 2) }, marks: [{ workers: 2, what: '2 performance cores' }], must: ['advice', 'slower-cores'], says: /2 workers kept 2 of 4 cores busy; beyond 2 performance cores/ },
  { name: 'performance cores that are not busy', curve: { throughput: (workers) => 100 * Math.min(workers, 2), coresBusy: (workers) => 0.5 * Math.min(workers, 2) }, marks: [{ workers: 2, what: '2 performance cores' }], must: ['advice', 'not-seen'] },
  { name: 'a quota of half a CPU', curve: { throughput: () => 100, coresBusy: () => 0.5 }, quota: 0.5, must: ['advice', 'used-up'], says: /1 worker kept 0\.5 of 0\.5 cores busy/ },
  { name: 'a quota of one and a half', curve: { throughput: (workers) => 100 * Math.min(workers, 1.5), coresBusy: (workers) => Math.min(workers, 1.5) }, quota: 1.5, must: ['advice', 'used-up'], says: /2 workers kept 1\.5 of 1\.5 cores busy/ },
  { name: 'sleeping', curve: { throughput: (workers) => 100 * workers, coresBusy: (workers) => 0.02 * workers }, ceiling: null, must: ['advice'], says: /no more than 8 were measured/ },
  { name: 'sleeping that ends', curve: { throughput: (workers) => 100 * Math.min(workers, 4), coresBusy: (workers) => 0.02 * Math.min(workers, 4) }, ceiling: null, must: ['advice'] },
  { name: 'several executors, one of which left, after few rounds', curve: {}, also: [{ executor: 'processes', throughput: (workers) => 90 * Math.min(workers, 4), coresBusy: (workers) => Math.min(workers, 4) }, { executor: 'python-threads', throughput: () => 50, coresBusy: () => 1, lock: 'shared' }], failed: 'processes', rounds: 3, must: ['failed', 'advice', 'used-up', 'lock', 'too-few'], saysNot: /Processes:/ },
];

function scaled({ name, curve, also = [], cores = 4, quota = cores, most = 8, waitedFor = () => 0, marks = [], ceiling, failed, rounds, must, says, saysNot }: Scaled): ExperimentSituation {
  const shape: CurveShape = { executor: 'threads', throughput: (workers) => 100 * Math.min(workers, cores), coresBusy: (workers) => Math.min(workers, cores), ...curve };
  const report = makeScaleReport([shape, ...also], { cores, most, ...(rounds === undefined ? {} : { roundCount: rounds }) });
  const of: ScaleCeiling = { ...report.ceiling, cpus: ceiling === null ? null : quota, marks: [...marks, ...report.ceiling.marks] };
  const curves = report.curves.map((one) => {
    const seen = { ...one, failure: one.executor === failed ? FAILURE : null, points: one.points.map((point) => ({ ...point, coresWaitedFor: waitedFor(point.workers) })) };
    return crowded(seen, of) ? { ...seen, crowded: true, recommendation: null } : { ...seen, crowded: false, recommendation: recommendation(seen, { ceiling: of, seed: 1 }) };
  });
  const whole: ScaleReport = { ...report, ceiling: of, curves };
  return { name: `scale: ${name}`, text: scaleFinding(whole), workers: 2, cores: [quota, cores], must, impossible: curves.flatMap((one) => impossibleCurve(one, cores)), says, saysNot };
}

/** No more cores busy and waiting than workers, nor busy than there are; and no task that takes less CPU time because more workers run. */
function impossibleCurve({ points }: ScaleCurve, cores: number): string[] {
  const each = ({ coresBusy, throughput }: ScalePoint): number => (coresBusy ?? 0) / throughput.value;
  const [one] = points;
  return points.flatMap((point) => [
    ...((point.coresBusy ?? 0) + (point.coresWaitedFor ?? 0) > point.workers * 1.05 ? [`more than ${String(point.workers)} workers`] : []),
    ...((point.coresBusy ?? 0) > cores * 1.05 ? [`more than ${String(cores)} cores`] : []),
    ...(one !== undefined && each(point) < each(one) * 0.98 ? [`cheaper tasks with ${String(point.workers)} workers`] : []),
  ]);
}

export const EXPERIMENTS: readonly ExperimentSituation[] = [...COMPARED.map(compared), ...SCALED.map(scaled)];
