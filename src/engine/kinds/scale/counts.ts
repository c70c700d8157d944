import type { CpuLimits, MachineInfo, WorkloadKind } from '../../../contract';

/** Every count up to here is measured; above, each is about a quarter larger than the one before. */
const ALL_UP_TO = 16;
const STEP = 1.25;
/** A law needs one more count than it has parameters. */
const LEAST_MOST = 4;
/** Where tasks wait, cores do not say how many workers are many. */
const WAITING_MOST = 16;

/** The largest count where nobody named one: twice what the machine runs at once. */
export function defaultMost({ effectiveCpus }: CpuLimits, kind: WorkloadKind): number {
  return Math.max(kind === 'io' ? WAITING_MOST : LEAST_MOST, 2 * Math.ceil(effectiveCpus));
}

/** The worker counts to measure, from 1 to `most`, ascending: thinned above 16, but never where the machine has a limit. */
export function workerCounts(
  most: number,
  { limits, physicalCores, coreKinds }: Pick<MachineInfo, 'limits' | 'physicalCores' | 'coreKinds'>,
): number[] {
  const counts = new Set(Array.from({ length: Math.min(most, ALL_UP_TO) }, (_, at) => at + 1));
  for (let count = ALL_UP_TO * STEP; count < most; count *= STEP) counts.add(Math.round(count));
  const kinds = coreKinds?.map(({ count }) => count) ?? [];
  const marks = [
    Math.floor(limits.effectiveCpus),
    Math.ceil(limits.effectiveCpus),
    physicalCores ?? most,
    ...kinds,
    most,
  ];
  for (const mark of marks) if (mark >= 1 && mark <= most) counts.add(mark);
  return [...counts].sort((a, b) => a - b);
}

/** Few of them: doubled from 1 to `most`, with what the machine runs at once and one more. */
export function fewCounts(most: number, { limits }: Pick<MachineInfo, 'limits'>): number[] {
  const all = Math.max(1, Math.floor(limits.effectiveCpus));
  const counts = new Set([all, all + 1, most].filter((count) => count <= most));
  for (let count = 1; count < most; count *= 2) counts.add(count);
  return [...counts].sort((a, b) => a - b);
}
