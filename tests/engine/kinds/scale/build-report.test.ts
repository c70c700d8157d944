import { describe, expect, it } from 'vitest';
import { fitReport } from '../../../../src/engine/kinds/scale/build-report';
import { makeScaleReport } from '../../../fixtures/scale-report';

const fitsOf = async (drift: (workers: number, round: number) => number): Promise<string[]> => {
  const throughput = (workers: number): number => 100 * Math.min(workers, 4);
  const { curves } = await fitReport(makeScaleReport([{ executor: 'threads', throughput, drift }]));
  return curves.flatMap(({ fits }) => fits.map(({ law }) => law));
};

describe('the laws of a curve', () => {
  it('are both held against its rounds', async () => {
    expect(await fitsOf((_workers, round) => 1 + round / 1000)).toEqual(['amdahl', 'usl']);
  });

  it('are left out if a round finished no task, as on a machine that had no time for it', async () => {
    expect(await fitsOf((workers, round) => (workers === 2 && round === 0 ? 0 : 1))).toEqual([]);
    expect(await fitsOf(() => 0)).toEqual([]);
  });
});
