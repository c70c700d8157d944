import type { CompareReport } from '../../../../contract';
import type { Figure } from '../../shared/figure';
import { WAITED, waitedByRound, waitedOfContender } from '../../shared/load';

/** The figures of a comparison: the rounds' raw values stand behind its medians. */
export function compareFigures({ contenders }: CompareReport): Figure[] {
  return contenders.flatMap((one): Figure[] => {
    const { rounds } = one;
    const waited = waitedOfContender(one);
    const known = (column: readonly (number | null)[]): number[] => column.filter((value) => value !== null);
    const figure = (name: string, rest: Pick<Figure, 'unit' | 'better' | 'value' | 'raw' | 'load'>): Figure => ({
      of: one.contender,
      name,
      ...rest,
    });
    return [
      figure('Makespan, median', {
        unit: 'ms',
        better: 'lower',
        value: one.makespanMs?.value ?? null,
        raw: rounds.makespanMs,
        load: { waited, each: waitedByRound(one) },
      }),
      figure('Speed-up', { unit: 'times', better: 'higher', value: one.speedUp?.value ?? null }),
      figure('CPU time of a round, median', {
        unit: 'ms',
        better: 'lower',
        value: one.cpuMs,
        raw: known(rounds.cpuMs),
        load: { waited },
      }),
      figure(WAITED, { unit: 'share', better: 'lower', value: waited }),
      figure('Cores busy', { unit: 'cores', better: null, value: one.coresBusy }),
      figure('Latency p50', { unit: 'ms', better: 'lower', value: one.running?.p50Ms ?? null }),
      figure('Latency p95', { unit: 'ms', better: 'lower', value: one.running?.p95Ms ?? null }),
      figure('Start-up of a worker', { unit: 'ms', better: 'lower', value: one.startUpMs }),
      figure('Hand-over, round trip', { unit: 'us', better: 'lower', value: one.handOverUs }),
      figure('Memory added, resident', { unit: 'bytes', better: 'lower', value: one.memory?.residentBytes ?? null }),
    ];
  });
}
