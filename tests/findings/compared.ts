import type {
  CompareReport,
  ContenderKey,
  ContenderReport,
  ErrorInfo,
  MachineInfo,
  WorkloadKind,
} from '../../src/contract';
import { verdict } from '../../src/engine/kinds/compare/verdict';
import { makeCompareReport, type ContenderShape } from '../fixtures/compare-report';
import { SHA256 } from '../fixtures/report';
import { FAILURE, type ExperimentSituation, type ExperimentTag } from './experiment-claims';
import { dearerThan, impossibleUse } from './impossible';

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
  /** Contender that dropped out before the end; what failed the whole; how many rounds there were. */
  failed?: ContenderKey;
  failure?: ErrorInfo;
  rounds?: number;
  /** Of it neither CPU time nor waiting for a core, or not the latter alone, is known. */
  unknown?: 'cpu' | 'queue';
  must: ExperimentTag[];
  says?: RegExp;
  saysNot?: RegExp;
}

const PYTHON = { contender: 'python-sequential', lock: 'shared' } as const;

const COMPARED: readonly Compared[] = [
  {
    name: 'threads gain on 2 cores',
    best: {},
    must: ['gain', 'used-up'],
    says: /busy, which is all that they may use/,
  },
  {
    name: 'threads nearly fill 2 cores',
    best: { coresBusy: 1.8 },
    must: ['gain', 'used-up'],
    says: /nearly all that they may use/,
  },
  { name: 'threads gain on 4 cores, and use two', best: {}, cores: 4, must: ['gain'] },
  {
    name: 'threads are no faster than one',
    best: { makespanMs: 401 },
    must: ['no-difference', 'no-more-than', 'not-seen'],
    says: /^Threads and sequential are not told apart: if they differ, then by no more than 2\.3 % \(95 %\)\. .*2 workers of threads kept 1\.00 of 2 cores busy/,
  },
  {
    name: 'threads are no faster than one, and come first by luck',
    best: { makespanMs: 399 },
    must: ['no-difference', 'no-more-than', 'not-seen'],
    says: /2 workers of threads kept 1\.00 of 2 cores busy/,
  },
  {
    name: 'one that is alone is fastest',
    best: { makespanMs: 600, coresBusy: 0.7 },
    cores: 1,
    must: ['no-gain', 'used-up', 'not-seen'],
    says: /^Threads \(0\.667 × \[0\.654, 0\.680\]\) are slower than sequential\. The worker of sequential/,
  },
  { name: 'nobody counts CPU time', best: {}, unknown: 'cpu', must: ['gain'], saysNot: /busy/ },
  {
    name: '8 workers on 2 cores',
    best: { workers: 8, coresBusy: 1.95, queued: 3 },
    must: ['gain', 'waited-for-core', 'cause:own-workers'],
  },
  {
    name: 'beside two busy loops',
    best: { coresBusy: 1, queued: 0.95, besides: 0.95 },
    must: ['gain', 'waited-for-core', 'cause:besides', 'too-busy'],
  },
  {
    name: 'beside a little of others',
    best: { coresBusy: 1.6, queued: 0.16, besides: 0.3 },
    must: ['gain', 'waited-for-core', 'cause:besides'],
  },
  {
    name: 'waiting for a core, and nobody saw why',
    best: { coresBusy: 1.4, queued: 0.3 },
    must: ['gain', 'waited-for-core', 'not-seen'],
  },
  {
    name: 'waiting long for a core, and nobody saw why',
    best: { coresBusy: 1, queued: 0.9 },
    must: ['gain', 'waited-for-core', 'not-seen'],
  },
  {
    name: 'short tasks that the engine hands out',
    best: { makespanMs: 4, coresBusy: 1.3, queued: 0.4, engine: 0.6 },
    baseline: { makespanMs: 8 },
    must: ['gain', 'waited-for-core', 'cause:engine'],
  },
  {
    name: 'short tasks that the engine hands out, without a task for a part of the time',
    best: { makespanMs: 2, coresBusy: 1.2, supplied: 0.6, queued: 0.4, engine: 0.7 },
    baseline: { makespanMs: 4 },
    must: ['gain', 'waited-for-core', 'cause:engine'],
    says: /waited for a core for 24 % of their time/,
  },
  {
    name: 'short tasks that do not come in time',
    best: { makespanMs: 2, coresBusy: 0.6, supplied: 0.5 },
    baseline: { makespanMs: 4 },
    must: ['gain', 'between-tasks', 'hand-over'],
  },
  {
    name: 'short tasks that come later than their hand-over explains',
    best: { makespanMs: 8, coresBusy: 0.4, supplied: 0.25 },
    baseline: { makespanMs: 16 },
    must: ['gain', 'between-tasks', 'not-seen'],
  },
  {
    name: 'long tasks that are too few',
    best: { workers: 4, coresBusy: 2.4, supplied: 0.62 },
    cores: 4,
    baseline: { makespanMs: 480 },
    tasks: 5,
    must: ['gain', 'between-tasks', 'too-few-tasks'],
  },
  {
    name: 'one task for two workers',
    best: { makespanMs: 400, supplied: 0.5, coresBusy: 1 },
    tasks: 1,
    must: ['no-difference', 'no-more-than', 'between-tasks', 'too-few-tasks'],
    says: /1 task cannot be divided evenly/,
  },
  {
    name: 'few tasks, whose number does not explain the pause',
    best: { coresBusy: 0.6, supplied: 0.3 },
    tasks: 3,
    must: ['gain', 'between-tasks', 'not-seen'],
  },
  {
    name: 'a quota of half a CPU',
    best: { makespanMs: 401, coresBusy: 0.5, queued: 3, stopped: 94 },
    quota: 0.5,
    must: ['no-difference', 'no-more-than', 'waited-for-core', 'cause:quota'],
    says: /used 0\.50 of the 0\.5 CPUs that the quota allows/,
  },
  {
    name: 'a quota that is not counted as waiting',
    best: { makespanMs: 401, coresBusy: 0.5, stopped: 94 },
    quota: 0.5,
    must: ['no-difference', 'no-more-than', 'cause:quota'],
  },
  {
    name: 'a quota that was not met, others have the cores',
    best: { coresBusy: 0.2, queued: 8, stopped: 0, besides: 1.7 },
    quota: 0.5,
    must: ['gain', 'waited-for-core', 'cause:besides', 'too-busy'],
  },
  { name: 'requests', kind: 'io', best: { coresBusy: 0.05 }, must: ['gain', 'waits'] },
  {
    name: 'requests beside two busy loops',
    kind: 'io',
    best: { coresBusy: 0.05, queued: 2, besides: 1.8 },
    must: ['gain', 'waits'],
  },
  {
    name: 'requests that wait for a core for a third of their time',
    kind: 'io',
    best: { coresBusy: 0.05, queued: 14, besides: 1.8 },
    must: ['gain', 'waits', 'waited-for-core', 'cause:besides', 'too-busy'],
  },
  {
    name: 'requests of so many that they fill the cores',
    kind: 'io',
    best: { workers: 40, coresBusy: 1.9 },
    must: ['gain', 'used-up'],
  },
  { name: 'a file of somebody that waits', kind: 'custom', best: { coresBusy: 0.1 }, must: ['gain', 'waits'] },
  {
    name: 'a file of somebody that computes for a third of its time',
    kind: 'custom',
    best: { coresBusy: 0.6 },
    must: ['gain', 'not-seen'],
  },
  {
    name: 'a file of somebody where nobody counts waiting for a core, and others use them',
    kind: 'custom',
    best: { coresBusy: 0.1, besides: 1.8 },
    unknown: 'queue',
    must: ['gain', 'cause:besides', 'waited-for-core', 'not-known'],
    says: /used 1\.74 of 2 cores, and how long they waited for a core is not known/,
  },
  { name: 'a file of somebody that computes', kind: 'custom', best: {}, must: ['gain', 'used-up'] },
  { name: 'async crypto', kind: 'custom', best: { coresBusy: 0.05 }, off: 1.85, must: ['gain', 'off-thread'] },
  {
    name: 'Python threads that hold the lock, and come first by luck',
    best: { contender: 'python-threads', makespanMs: 399, lock: 'shared' },
    baseline: PYTHON,
    must: ['no-difference', 'no-more-than', 'lock', 'not-seen'],
  },
  {
    name: 'Python threads that hold the lock, and come last by luck',
    best: { contender: 'python-threads', makespanMs: 401, lock: 'shared' },
    baseline: PYTHON,
    must: ['no-difference', 'no-more-than', 'lock', 'not-seen'],
  },
  {
    name: 'Python threads that hold the lock, slower than one',
    best: { contender: 'python-threads', makespanMs: 440, coresBusy: 1, lock: 'shared' },
    baseline: { ...PYTHON, coresBusy: 1 },
    must: ['no-gain', 'lock', 'not-seen'],
    says: /^Python threads \(0\.909 × .*\) are slower than sequential Python/,
  },
  {
    name: 'Python threads that keep more busy than one lock allows',
    best: { contender: 'python-threads', makespanMs: 396, coresBusy: 1.22, lock: 'shared' },
    baseline: { ...PYTHON, coresBusy: 1 },
    must: ['no-difference', 'no-more-than', 'not-seen'],
  },
  {
    name: 'Python threads that wait for half of their time, and release the lock',
    kind: 'custom',
    best: { contender: 'python-threads', lock: 'shared', coresBusy: 1 },
    baseline: PYTHON,
    must: ['gain', 'not-seen'],
  },
  {
    name: 'Python threads that mostly have no task: nothing is said of the lock',
    best: { contender: 'python-threads', makespanMs: 401, coresBusy: 1, supplied: 0.55, lock: 'shared' },
    baseline: PYTHON,
    must: ['no-difference', 'no-more-than', 'between-tasks', 'not-seen'],
  },
  {
    name: 'Python threads that release the lock',
    best: { contender: 'python-threads', lock: 'shared' },
    baseline: PYTHON,
    must: ['gain', 'used-up'],
  },
  {
    name: 'Python threads on a crowded machine: nothing is said of the lock',
    best: { contender: 'python-threads', makespanMs: 390, coresBusy: 0.8, queued: 1, lock: 'shared', besides: 1.1 },
    baseline: PYTHON,
    must: ['no-difference', 'no-more-than', 'waited-for-core', 'cause:besides', 'too-busy'],
  },
  {
    name: 'threads that are slower than one worker',
    best: { contender: 'processes' },
    others: [{ contender: 'threads', makespanMs: 600, coresBusy: 0.67 }],
    must: ['gain', 'used-up', 'no-gain', 'not-seen'],
  },
  {
    name: 'threads that gain nothing beside others, processes do',
    best: { contender: 'processes' },
    others: [{ contender: 'threads', makespanMs: 404, coresBusy: 1, queued: 0.9, besides: 0.95 }],
    must: ['gain', 'used-up', 'no-difference', 'no-more-than', 'waited-for-core', 'cause:besides', 'too-busy'],
  },
  {
    name: 'one that is not told from the fastest, nor from its baseline',
    best: { makespanMs: 384 },
    others: [{ contender: 'processes', makespanMs: 392, coresBusy: 1.02 }],
    must: ['gain', 'no-difference', 'no-more-than', 'not-seen'],
    says: /^Threads are 1\.04 ×[^;]*; threads and processes are not told apart: .*Processes and sequential are not told apart: /,
    saysNot: /processes 1\.02/,
  },
  {
    name: 'one that left early',
    best: {},
    others: [{ contender: 'processes', makespanMs: 210, coresBusy: 1.9 }],
    failed: 'processes',
    must: ['failed', 'gain', 'used-up'],
    says: /^Processes dropped out before the end\./,
  },
  { name: 'it ended before two were measured', best: {}, failed: 'threads', must: ['failed'] },
  {
    name: 'they disagree',
    best: {},
    failure: { code: 'checksum-mismatch', message: 'They disagree.' },
    must: ['failed'],
  },
  {
    name: 'too few rounds',
    best: {},
    rounds: 5,
    must: ['too-few'],
    says: /^Too few rounds to call a difference: 5, and with 2 contenders it takes at least 14\.$/,
  },
];

function compared({
  name,
  kind = 'cpu',
  title,
  best,
  cores = 2,
  quota,
  baseline = {},
  others = [],
  off,
  tasks,
  failed,
  failure,
  rounds,
  unknown,
  must,
  says,
  saysNot,
}: Compared): ExperimentSituation {
  const [baseMs, bestMs] = [baseline.makespanMs ?? 400, best.makespanMs ?? 200];
  // The same tasks take the same CPU time.
  const alone = Math.min(1, ((best.coresBusy ?? 2 * Math.min(1, baseMs / bestMs / 2)) * bestMs) / baseMs);
  const shapes: ContenderShape[] = [
    { contender: 'sequential', workers: 1, coresBusy: alone, ...baseline, makespanMs: baseMs },
    { contender: 'threads', coresBusy: Math.min(2, baseMs / bestMs), cores, ...best, makespanMs: bestMs },
    ...others,
  ];
  const report = makeCompareReport(shapes, {
    workload: {
      ...SHA256,
      kind,
      title: title ?? (kind === 'io' ? 'Requests' : kind === 'custom' ? 'task.mjs' : 'SHA-256'),
    },
    failure: failure ?? null,
    roundCount: rounds ?? 12,
  });
  const limits = {
    ...report.machine.limits,
    allowedCores: null,
    quotaCpus: quota ?? null,
    effectiveCpus: Math.min(quota ?? cores, cores),
  };
  const machine: MachineInfo = { ...report.machine, hardwareThreads: cores, limits };
  const contenders = report.contenders.map((one) =>
    unseenOf(
      {
        ...withOff(one, off === undefined ? undefined : (off * bestMs) / (one.makespanMs?.value ?? bestMs)),
        failure: one.contender === failed ? FAILURE : null,
      },
      unknown,
    ),
  );
  const differences =
    rounds === undefined
      ? report.differences
      : report.differences.map((pair) => ({ ...pair, verdict: 'too-few-rounds' as const }));
  const whole: CompareReport = {
    ...report,
    machine,
    contenders,
    differences,
    settings: { ...report.settings, tasks: tasks ?? report.settings.tasks },
  };
  const impossible = contenders.flatMap((one) => [...impossibleUse(one, cores), ...dearerThan(contenders[0], one)]);
  return {
    name: `compare: ${name}`,
    text: verdict(whole),
    workers: 2,
    cores: [limits.effectiveCpus, cores],
    must,
    impossible,
    says,
    saysNot,
  };
}

/** As where the system does not count. */
function unseenOf(one: ContenderReport, what: Compared['unknown']): ContenderReport {
  if (what === undefined) return one;
  const none = one.rounds.round.map(() => null);
  const queue = { ...one, runQueueMs: null, rounds: { ...one.rounds, runQueueMs: none } };
  return what === 'queue'
    ? queue
    : { ...queue, cpuMs: null, coresBusy: null, rounds: { ...queue.rounds, cpuMs: none } };
}

function withOff(one: ContenderReport, off: number | undefined): ContenderReport {
  if (off === undefined || one.makespanMs === null || one.coresBusy === null) return one;
  const offThreadCpuMs = off * one.makespanMs.value;
  return {
    ...one,
    coresBusy: one.coresBusy + off,
    offThreadCpuMs,
    rounds: { ...one.rounds, offThreadCpuMs: one.rounds.round.map(() => offThreadCpuMs) },
  };
}

/** Comparisons, each with what is to be said of it. */
export const COMPARISONS: readonly ExperimentSituation[] = COMPARED.map(compared);
