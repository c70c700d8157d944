import {
  percent,
  withoutZeros,
  mostSpeedUp,
  number,
  plural,
  type MachineInfo,
  type ScaleCeiling,
  type WorkloadKind,
} from '../../../contract';

/** One worker that wants this much of a core computes rather than waits. */
const COMPUTES = 0.9;

/** What is known of the tasks: their kind, and how much of a core one worker wants, null before that was measured. */
export interface Tasks {
  kind: WorkloadKind;
  oneWants: number | null;
}

/** What the machine can give at most to tasks of some kind. */
export function ceilingOf(machine: MachineInfo, tasks: Tasks): ScaleCeiling {
  if (!compute(tasks)) return { cpus: null, marks: [], explanation: waits(tasks) };
  const { limits, hardwareThreads, physicalCores, threadsPerCore, coreKinds } = machine;
  const cpus = limits.effectiveCpus;
  // Fewer than the machine has: how its cores are made says nothing of those that may be used.
  const limited = cpus < hardwareThreads;
  const cores = physicalCores !== null && threadsPerCore !== null && threadsPerCore > 1 ? physicalCores : null;
  const fastest = coreKinds?.find(({ kind }) => kind === 'performance');
  const marks = limited
    ? [{ workers: mostSpeedUp(Infinity, cpus), what: plural(cpus, 'usable core') }]
    : [
        ...(fastest ? [{ workers: fastest.count, what: plural(fastest.count, 'performance core') }] : []),
        ...(cores === null || cores === fastest?.count
          ? []
          : [{ workers: cores, what: plural(cores, 'physical core') }]),
        { workers: hardwareThreads, what: plural(hardwareThreads, 'core') },
      ];
  const kinds =
    fastest && coreKinds && coreKinds.length > 1
      ? ` Of its cores ${coreKinds.map(({ kind, count }) => `${number(count)} are ${kind}`).join(' and ')}: the slower ones do less, so the real ceiling is below this line.`
      : '';
  const shared =
    cores === null || limited
      ? ''
      : ` Coreloom calls each hardware thread a core: the ${number(hardwareThreads)} cores share ${plural(cores, 'physical core')}, and two that share one do less than two physical cores.`;
  const most = limited
    ? `Coreloom can use ${withoutZeros(cpus, number)} of ${plural(hardwareThreads, 'core')}: ${limits.explanation}`
    : `This machine can run at most ${plural(hardwareThreads, 'task')} at once.`;
  return { cpus, marks: marks.sort((a, b) => a.workers - b.workers), explanation: `${most}${shared}${kinds}` };
}

function compute({ kind, oneWants }: Tasks): boolean {
  if (kind === 'cpu') return true;
  return kind !== 'io' && oneWants !== null && oneWants >= COMPUTES;
}

function waits({ kind, oneWants }: Tasks): string {
  if (kind === 'io')
    return 'The tasks wait rather than compute, and any number of workers can wait at the same time, so the cores set no ceiling.';
  if (oneWants === null)
    return 'Whether the cores set a ceiling is unknown: how much of a core one worker needs was not measured.';
  return `One worker needs a core for only ${percent(oneWants)} of its time, so the cores set no fixed ceiling.`;
}
