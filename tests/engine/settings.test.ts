import { describe, expect, it } from 'vitest';
import type { CpuLimits } from '../../src/contract';
import { sliders } from '../../src/engine/settings';

const limits = (effectiveCpus: number): CpuLimits => ({
  allowedCores: null,
  quotaCpus: null,
  effectiveCpus,
  explanation: '',
});

const both = (workers: number) => ({
  node: { threads: workers, processes: workers },
  python: { 'python-threads': workers, 'python-processes': workers },
});

describe('sliders', () => {
  it('go to four times what may be used, and start with what fills it', () => {
    expect(sliders(limits(16))).toEqual({ max: 64, defaults: both(8) });
    expect(sliders(limits(2))).toEqual({ max: 8, defaults: both(1) });
    expect(sliders(limits(0.5))).toEqual({ max: 8, defaults: both(1) });
  });

  it('start with the counts that were chosen, of each language its own', () => {
    expect(sliders(limits(16), { threads: 3, 'python-processes': 0 }).defaults).toEqual({
      node: { threads: 3, processes: 8 },
      python: { 'python-threads': 8, 'python-processes': 0 },
    });
  });
});
