import { describe, expect, it } from 'vitest';
import { resolveLiveSettings } from '../../../../src/engine/kinds/live/settings';
import { findWorkload } from '../../../../src/engine/workload/registry';

const sha256 = findWorkload('sha256');
const available = ['threads', 'processes'] as const;

describe('the settings of a live run', () => {
  it('makes every choice that was left open', () => {
    const settings = resolveLiveSettings({ workload: 'sha256', workers: { threads: 1 } }, sha256, available);
    expect(settings).toMatchObject({ size: sha256.info.size.default, taskMs: null, durationMs: null, tasks: null });
    expect(Number.isInteger(settings.seed)).toBe(true);
  });

  it('knows every setting of the workload, as given or by default', () => {
    const http = findWorkload('http');
    const settings = resolveLiveSettings(
      { workload: 'http', workers: { threads: 1 }, workloadSettings: { delayMs: 2.5 } },
      http,
      available,
    );
    expect(settings).toMatchObject({ workloadSettings: { delayMs: 2.5, bodyBytes: 16_384 }, prepared: {} });
    expect(
      resolveLiveSettings({ workload: 'sha256', workers: { threads: 1 } }, sha256, available).workloadSettings,
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
      resolveLiveSettings({ workload, workers: { threads: 1 }, workloadSettings }, findWorkload(workload), available),
    ).toThrow(sentence);
  });

  it('names a module by its title where it is given a setting', () => {
    const module = { ...sha256, info: { ...sha256.info, name: 'custom', title: 'task.mjs' } };
    expect(() =>
      resolveLiveSettings(
        { workload: 'custom', workers: { threads: 1 }, workloadSettings: { delayMs: 5 } },
        module,
        available,
      ),
    ).toThrow('task.mjs has no setting "delayMs"; it has none.');
  });

  it('refuses a run without a worker', () => {
    expect(() => resolveLiveSettings({ workload: 'sha256', workers: { threads: 0 } }, sha256, available)).toThrow(
      /at least one worker/,
    );
  });

  it('refuses an executor that cannot run here', () => {
    expect(() =>
      resolveLiveSettings({ workload: 'sha256', workers: { 'python-threads': 1 } }, sha256, available),
    ).toThrow(/python-threads cannot run here/);
  });

  it.each([Number.NaN, -1, 1e300])('refuses %s as a size and says what would be right', (size) => {
    expect(() => resolveLiveSettings({ workload: 'sha256', workers: { threads: 1 }, size }, sha256, available)).toThrow(
      /must be a whole number from .* to .*, not/,
    );
  });
});
