import {
  languageFacts,
  type CompareReport,
  type ContenderKey,
  type ContenderReport,
  type Estimate,
  type ExecutorKey,
  type IpcPoint,
  type IpcReport,
  type IpcWay,
  type Language,
  type MemoryReport,
  type MemoryRow,
  type RaceMethod,
  type RaceReport,
  type RaceRow,
  type StartupReport,
  type StartupRow,
  type VisibilityRow,
} from '../../../contract';
import { medianInterval } from '../../statistics/bootstrap';
import { median } from '../../statistics/summary';

/** What the claims are held against, as far as it has been measured. */
export interface Evidence {
  cpu?: CompareReport | undefined;
  io?: CompareReport | undefined;
  ipc?: IpcReport | undefined;
  race?: RaceReport | undefined;
  memory?: MemoryReport | undefined;
  startup?: StartupReport | undefined;
}

/** The threads and the processes of each language, of which the claims are, and its baseline. */
export const EXECUTORS_OF = {
  node: { ...languageFacts('node'), threads: 'threads', processes: 'processes' },
  python: { ...languageFacts('python'), threads: 'python-threads', processes: 'python-processes' },
} as const satisfies Record<Language, { threads: ExecutorKey; processes: ExecutorKey }>;

/** The way for bytes that is usual between the workers of each. */
export const WAYS: Readonly<Record<Language, { threads: IpcWay; processes: IpcWay }>> = {
  node: { threads: 'clone', processes: 'fork-advanced' },
  python: { threads: 'python-thread-queue', processes: 'python-queue' },
};

/** A contender that was measured to the end. */
export function contenderOf(report: CompareReport | undefined, name: ContenderKey): ContenderReport | null {
  return (
    report?.contenders.find(
      ({ contender, failure, makespanMs }) => contender === name && failure === null && makespanMs !== null,
    ) ?? null
  );
}

/** How many times as fast one is as the other, with the interval that verdicts go by; null where rounds do not tell. */
export function timesAsFast(
  report: CompareReport | undefined,
  name: ContenderKey,
  against: ContenderKey,
): Estimate | null {
  const pair = report?.differences.find(
    (one) => [one.contender, one.against].includes(name) && [one.contender, one.against].includes(against),
  );
  if (pair === undefined || pair.verdict === 'too-few-rounds' || pair.verdict === 'unsteady') return null;
  const { ratio, callLow, callHigh } = pair;
  if (callLow === null || callHigh === null) return null;
  // A ratio of times: the other way round it is one of speeds.
  return pair.contender === name
    ? { value: 1 / ratio.value, low: 1 / callHigh, high: 1 / callLow }
    : { value: ratio.value, low: callLow, high: callHigh };
}

/** Cores that a contender kept busy, median over the rounds with its 95 % interval; null where CPU time is not told. */
export function coresBusy(report: CompareReport | undefined, name: ContenderKey): Estimate | null {
  const rounds = contenderOf(report, name)?.rounds;
  const busy = (rounds?.cpuMs ?? []).flatMap((cpuMs, at) => {
    const makespanMs = rounds?.makespanMs[at] ?? 0;
    return cpuMs === null || makespanMs <= 0 ? [] : [cpuMs / makespanMs];
  });
  if (busy.length === 0) return null;
  return { value: median(busy), ...medianInterval(busy, { seed: report?.settings.seed ?? 0 }) };
}

export const memoryRow = ({ memory }: Evidence, executor: ExecutorKey): MemoryRow | null =>
  memory?.rows.find((row) => row.executor === executor) ?? null;

export const visibility = (
  { memory }: Evidence,
  executor: ExecutorKey,
  through: VisibilityRow['through'],
): VisibilityRow | null =>
  memory?.visibility.find((row) => row.executor === executor && row.through === through) ?? null;

export const raceRow = ({ race }: Evidence, executor: ExecutorKey, method: RaceMethod): RaceRow | null =>
  race?.rows.find((row) => row.executor === executor && row.method === method) ?? null;

export const startupRow = (
  { startup }: Evidence,
  executor: ExecutorKey,
  start: StartupRow['start'],
): StartupRow | null => startup?.rows.find((row) => row.executor === executor && row.start === start) ?? null;

/** The point of a way at the size nearest to one, which not every lab measures to the byte. */
export function ipcPoint({ ipc }: Evidence, way: IpcWay, bytes: number): IpcPoint | null {
  const points = (ipc?.points ?? []).filter((point) => point.way === way && point.roundTripUs !== null);
  return (
    points.toSorted((a, b) => Math.abs(Math.log(a.bytes / bytes)) - Math.abs(Math.log(b.bytes / bytes)))[0] ?? null
  );
}
