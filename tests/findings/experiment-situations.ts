import type { CompareReport, ContenderReport, MachineInfo, ScaleReport, WorkloadKind } from '../../src/contract';
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
  'used-up': /all that may be used|and there are no more/,
  lock: /interpreter lock lets one of them compute/,
  'between-tasks': /without a task/,
  'hand-over': /short beside their way/,
  'waited-for-core': /waited for a core/,
  'cause:quota': /the quota of .* stopped/,
  'cause:own-workers': /workers for \d+ cores?/,
  'cause:engine': /Coreloom’s own engine/,
  'cause:besides': /something besides/,
  'not-seen': /was not seen/,
  'dearer-tasks': /the CPU time that it takes with one/,
  'too-busy': /too busy to judge/,
  advice: /Use \d|use \d|[Oo]ne is enough/,
} as const;
export type ExperimentTag = keyof typeof CLAIMS;

export interface ExperimentSituation {
  name: string;
  text: string;
  /** Of one contender or curve whose sentence speaks of workers. */
  workers: number;
  cores: readonly number[];
  must: readonly ExperimentTag[];
}

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
  { name: 'waiting long for a core, and nobody saw why', best: { coresBusy: 1, queued: 0.9 }, must: ['gain', 'waited-for-core', 'not-seen', 'too-busy'] },
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
  return { name: `compare: ${name}`, text: verdict(whole), workers: 2, cores: [limits.effectiveCpus, cores], must };
}

function withOff(one: ContenderReport, off: number | undefined): ContenderReport {
  if (off === undefined || one.makespanMs === null || one.coresBusy === null) return one;
  const offThreadCpuMs = off * one.makespanMs.value;
  return { ...one, coresBusy: one.coresBusy + off, offThreadCpuMs, rounds: { ...one.rounds, offThreadCpuMs: one.rounds.round.map(() => offThreadCpuMs) } };
}

interface Scaled {
  name: string;
  curve: Partial<CurveShape>;
  cores?: number;
  most?: number;
  waitedFor?: (workers: number) => number;
  ceiling?: null;
  must: ExperimentTag[];
}

const SCALED: readonly Scaled[] = [
  { name: 'all cores are used', curve: {}, must: ['advice', 'used-up'] },
  { name: 'still rising', curve: {}, most: 3, must: ['advice'] },
  { name: 'one is enough, and why was not seen', curve: { throughput: () => 100, coresBusy: () => 0.5 }, must: ['advice', 'not-seen'] },
  { name: 'two of four are busy, and tasks grow dearer', curve: { throughput: (workers) => 100 * Math.min(workers, 2) }, must: ['advice', 'dearer-tasks'] },
  { name: 'workers wait for something', curve: { throughput: (workers) => 100 * Math.min(workers, 2), coresBusy: (workers) => Math.min(workers, 2) * 0.4 }, must: ['advice', 'not-seen'] },
  { name: 'the lock', curve: { executor: 'python-threads', throughput: () => 100, coresBusy: () => 1.02, lock: 'shared' }, must: ['advice', 'lock'] },
  { name: 'a machine that others use', curve: { coresBusy: (workers) => 0.5 * Math.min(workers, 4) }, waitedFor: (workers) => 0.5 * Math.min(workers, 4), must: ['too-busy', 'waited-for-core'] },
  { name: 'one core that others use', curve: { throughput: () => 100, coresBusy: () => 0.5 }, cores: 1, most: 2, waitedFor: (workers) => workers - 0.5, must: ['too-busy', 'waited-for-core'] },
  { name: 'sleeping', curve: { throughput: (workers) => 100 * workers, coresBusy: () => 0.02 }, ceiling: null, must: ['advice'] },
];

function scaled({ name, curve, cores = 4, most = 8, waitedFor = () => 0, ceiling, must }: Scaled): ExperimentSituation {
  const report = makeScaleReport([{ executor: 'threads', throughput: (workers) => 100 * Math.min(workers, cores), coresBusy: (workers) => Math.min(workers, cores), ...curve }], { cores, most });
  const of = { ...report.ceiling, cpus: ceiling === null ? null : cores };
  const curves = report.curves.map((one) => {
    const seen = { ...one, points: one.points.map((point) => ({ ...point, coresWaitedFor: waitedFor(point.workers) })) };
    return crowded(seen, of) ? { ...seen, crowded: true, recommendation: null } : { ...seen, crowded: false, recommendation: recommendation(seen, { ceiling: of, seed: 1 }) };
  });
  const whole: ScaleReport = { ...report, ceiling: of, curves };
  return { name: `scale: ${name}`, text: scaleFinding(whole), workers: 2, cores: [cores], must };
}

export const EXPERIMENTS: readonly ExperimentSituation[] = [...COMPARED.map(compared), ...SCALED.map(scaled)];
