import { describe, expect, it } from 'vitest';
import type { CpuLimits } from '../../src/contract';
import { resolveSettings, sliders } from '../../src/engine/settings';
import { findWorkload } from '../../src/engine/workload/registry';

const limits = (effectiveCpus: number): CpuLimits => ({
  allowedCores: null,
  quotaCpus: null,
  effectiveCpus,
  explanation: '',
});
const sha256 = findWorkload('sha256');
const available = ['threads', 'processes'] as const;

const both = (workers: number) => ({
  node: { threads: workers, processes: workers },
  python: { 'python-threads': workers, 'python-processes': workers },
});

describe('settings', () => {
  it('offers sliders to four times what may be used, and starts with what fills it', () => {
    expect(sliders(limits(16))).toEqual({ max: 64, defaults: both(8) });
    expect(sliders(limits(2))).toEqual({ max: 8, defaults: both(1) });
    expect(sliders(limits(0.5))).toEqual({ max: 8, defaults: both(1) });
  });

  it('makes every choice that was left open', () => {
    const settings = resolveSettings({ workload: 'sha256', workers: { threads: 1 } }, sha256, available);
    expect(settings).toMatchObject({ size: sha256.info.size.default, taskMs: null, durationMs: null, tasks: null });
    expect(Number.isInteger(settings.seed)).toBe(true);
  });

  it('knows every setting of the workload, as given or by default', () => {
    const http = findWorkload('http');
    const settings = resolveSettings(
      { workload: 'http', workers: { threads: 1 }, workloadSettings: { delayMs: 2.5 } },
      http,
      available,
    );
    expect(settings).toMatchObject({ workloadSettings: { delayMs: 2.5, bodyBytes: 16_384 }, prepared: {} });
    expect(
      resolveSettings({ workload: 'sha256', workers: { threads: 1 } }, sha256, available).workloadSettings,
    ).toEqual({});
  });

  it.each([
    ['http', { delay: 5 }, 'http has no setting "delay"; it has delayMs, bodyBytes.'],
    ['sha256', { delayMs: 5 }, 'sha256 has no setting "delayMs"; it has none.'],
    [
      'http',
      { delayMs: -1 },
      'The setting delayMs of http (milliseconds that the server waits before it answers, up to 2 more) must be a number from 0 to 60000, not -1.',
    ],
    [
      'http',
      { bodyBytes: 1.5 },
      'The setting bodyBytes of http (bytes of each answer) must be a whole number from 0 to 268435456, not 1.5.',
    ],
    [
      'http',
      { bodyBytes: Number.NaN },
      'The setting bodyBytes of http (bytes of each answer) must be a whole number from 0 to 268435456, not NaN.',
    ],
  ])('refuses for %s the settings %o with one clear sentence', (workload, workloadSettings, sentence) => {
    expect(() =>
      resolveSettings({ workload, workers: { threads: 1 }, workloadSettings }, findWorkload(workload), available),
    ).toThrow(sentence);
  });

  it('names a module by its title where it is given a setting', () => {
    const module = { ...sha256, info: { ...sha256.info, name: 'custom', title: 'task.mjs' } };
    expect(() =>
      resolveSettings(
        { workload: 'custom', workers: { threads: 1 }, workloadSettings: { delayMs: 5 } },
        module,
        available,
      ),
    ).toThrow('task.mjs has no setting "delayMs"; it has none.');
  });

  it('refuses a run without a worker', () => {
    expect(() => resolveSettings({ workload: 'sha256', workers: { threads: 0 } }, sha256, available)).toThrow(
      /at least one worker/,
    );
  });

  it('refuses an executor that cannot run here', () => {
    expect(() => resolveSettings({ workload: 'sha256', workers: { 'python-threads': 1 } }, sha256, available)).toThrow(
      /python-threads cannot run here/,
    );
  });

  it.each([Number.NaN, -1, 1e300])('refuses %s as a size and says what would be right', (size) => {
    expect(() => resolveSettings({ workload: 'sha256', workers: { threads: 1 }, size }, sha256, available)).toThrow(
      /must be a whole number from .* to .*, not/,
    );
  });
});
