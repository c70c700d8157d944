import { clock, coreCount, duration, number, type RunState, type Sample } from '../contract';

const BLOCKS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** One line about a run: a small bar for each core, elapsed, throughput, cores busy, p50, failed tasks. */
export function progressLine(run: RunState, sample: Sample | null, columns: number): string {
  // A line as wide as the terminal would wrap, and could not be drawn over.
  return lineOf(run, sample, columns).slice(0, Math.max(0, columns - 1));
}

function lineOf(run: RunState, sample: Sample | null, columns: number): string {
  if (run.phase === 'calibrating') return `Calibrating ${run.settings.workload}…`;
  if (run.phase === 'starting') return `Starting workers for ${run.settings.workload}…`;
  const text = facts(run, sample).join('  ');
  const room = columns - text.length - 3;
  const bars = sample === null || room < 1 ? '' : `${coreBars(sample.utilization, room)}  `;
  return `${bars}${text}`;
}

function facts({ phase, elapsedMs, throughput, running, counts }: RunState, sample: Sample | null): string[] {
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
