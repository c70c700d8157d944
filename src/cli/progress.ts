import {
  clock,
  coreCount,
  duration,
  number,
  type CompareState,
  type ExperimentKind,
  type ExperimentState,
  type LiveState,
  type Sample,
  type StateOf,
} from '../contract';
import { experimentLine } from './experiment-line';

const BLOCKS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

type ProgressLine<S> = (state: S, sample: Sample | null, columns: number) => string;

/** Kinds that say more of themselves than what is under way. */
const LINES: { readonly [K in ExperimentKind]?: ProgressLine<StateOf<K>> } = { live: liveLine, compare: compareLine };

/** One line about an experiment that is on, shorter than the terminal is wide. */
export const progressLine: ProgressLine<ExperimentState> = (state, sample, columns) => {
  const own = LINES[state.kind] as ProgressLine<ExperimentState> | undefined;
  return own === undefined ? experimentLine(state, columns) : own(state, sample, columns);
};

/** One line about a run: a small bar for each core, elapsed, throughput, cores busy, p50, failed tasks. */
function liveLine(run: LiveState, sample: Sample | null, columns: number): string {
  // A line as wide as the terminal would wrap, and could not be drawn over.
  return lineOf(run, sample, columns).slice(0, Math.max(0, columns - 1));
}

/** Of a verdict that is longer than the line, each part is shown for this long, ms. */
const PART_MS = 3_000;

/** One line about a comparison: from the first look at its rounds on, the verdict as it stands. */
function compareLine(state: CompareState, _: Sample | null, columns: number): string {
  if (state.pairs.length === 0 || state.phase === 'stopping') return experimentLine(state, columns);
  const time = clock(state.elapsedMs);
  const parts = partsOf(state.finding, columns - time.length - 3);
  const part = parts[Math.floor(state.elapsedMs / PART_MS) % parts.length] ?? '';
  return `${time}  ${part}`.slice(0, Math.max(0, columns - 1));
}

/** A text in parts that fit into the room, each of whole clauses; of a clause that is longer, its beginning is seen. */
function partsOf(text: string, room: number): string[] {
  const parts: string[] = [];
  for (const clause of text.split(/(?<=[.;]) /)) {
    const last = parts.at(-1);
    if (last === undefined || last.length + 1 + clause.length > room) parts.push(clause);
    else parts[parts.length - 1] = `${last} ${clause}`;
  }
  return parts;
}

function lineOf(run: LiveState, sample: Sample | null, columns: number): string {
  if (run.phase === 'calibrating') return `Calibrating ${run.settings.workload}…`;
  if (run.phase === 'starting') return `Starting workers for ${run.settings.workload}…`;
  const text = facts(run, sample).join('  ');
  const room = columns - text.length - 3;
  const bars = sample === null || room < 1 ? '' : `${coreBars(sample.utilization, room)}  `;
  return `${bars}${text}`;
}

function facts({ phase, elapsedMs, throughput, running, counts }: LiveState, sample: Sample | null): string[] {
  return [
    clock(elapsedMs),
    `${number(throughput)} tasks/s`,
    ...(sample === null ? [] : [`${coreCount(busy(sample))} of ${String(sample.cores.length)} cores busy`]),
    ...(running === null ? [] : [`p50 ${duration(running.p50Ms)}`]),
    ...(counts.failed > 0 ? [`${number(counts.failed)} failed`] : []),
    ...(phase === 'stopping' ? ['stopping…'] : []),
  ];
}

/** Of everything on the machine, not of this run alone. */
const busy = (sample: Sample): number => sample.utilization.reduce((sum, share) => sum + share, 0);

/** A block for each core, or for neighbours together (their mean) where there are more cores than room. */
function coreBars(utilization: readonly number[], room: number): string {
  const group = Math.ceil(utilization.length / room);
  let bars = '';
  for (let from = 0; from < utilization.length; from += group) {
    const cores = utilization.slice(from, from + group);
    bars += block(cores.reduce((sum, share) => sum + share, 0) / cores.length);
  }
  return bars;
}

const block = (share: number): string => BLOCKS[Math.min(7, Math.max(0, Math.floor(share * 8)))] ?? BLOCKS[0];
