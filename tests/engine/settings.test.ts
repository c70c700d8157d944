import { describe, expect, it } from 'vitest';
import type { CpuLimits } from '../../src/contract';
import { resolveSettings, sliders } from '../../src/engine/settings';
import { findWorkload } from '../../src/engine/workload/registry';

const limits = (effectiveCpus: number): CpuLimits => ({ allowedCores: null, quotaCpus: null, effectiveCpus, explanation: '' });
const sha256 = findWorkload('sha256');
const available = ['threads', 'processes'] as const;

describe('settings', () => {
  it('offers sliders to four times what may be used, and starts with what fills it', () => {
    expect(sliders(limits(16))).toEqual({ max: 64, defaults: { threads: 8, processes: 8 } });
    expect(sliders(limits(2))).toEqual({ max: 8, defaults: { threads: 1, processes: 1 } });
    expect(sliders(limits(0.5))).toEqual({ max: 8, defaults: { threads: 1, processes: 1 } });
  });

  it('makes every choice that was left open', () => {
    const settings = resolveSettings({ workload: 'sha256', workers: { threads: 1 } }, sha256, available);
    expect(settings).toMatchObject({ size: sha256.info.size.default, taskMs: null, durationMs: null, tasks: null });
    expect(Number.isInteger(settings.seed)).toBe(true);
  });

  it('refuses a run without a worker', () => {
    expect(() => resolveSettings({ workload: 'sha256', workers: { threads: 0 } }, sha256, available)).toThrow(/at least one worker/);
  });

  it('refuses an executor that cannot run here', () => {
    expect(() => resolveSettings({ workload: 'sha256', workers: { 'python-threads': 1 } }, sha256, available)).toThrow(/python-threads cannot run here/);
  });

  it.each([Number.NaN, -1, 1e300])('refuses %s as a size and says what would be right', (size) => {
    expect(() => resolveSettings({ workload: 'sha256', workers: { threads: 1 }, size }, sha256, available)).toThrow(/must be a whole number from .* to .*, not/);
  });
});
