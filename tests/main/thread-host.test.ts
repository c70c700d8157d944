import { describe, expect, it } from 'vitest';
import { chooseThreadHost, keepsThreads } from '../../src/main/thread-host';

describe('where the threads of the desktop live', () => {
  it.each([
    ['win32', 'own-process'],
    ['linux', 'engine'],
    ['darwin', 'engine'],
  ] as const)('is by default on %s: %s', (platform, host) => {
    expect(chooseThreadHost(platform, {})).toBe(host);
    expect(chooseThreadHost(platform, { CORELOOM_THREAD_HOST: '' })).toBe(host);
  });

  it.each(['engine', 'own-process'] as const)('is what the user says: %s', (host) => {
    for (const platform of ['win32', 'linux'] as const)
      expect(chooseThreadHost(platform, { CORELOOM_THREAD_HOST: host })).toBe(host);
  });

  it('is refused where it is no such place, with those there are', () => {
    expect(() => chooseThreadHost('linux', { CORELOOM_THREAD_HOST: 'elsewhere' })).toThrow(
      'CORELOOM_THREAD_HOST must be engine or own-process, or not set; it is elsewhere.',
    );
  });
});

describe('whether threads wait for the next run', () => {
  it.each([
    [undefined, true],
    ['', true],
    ['1', true],
    ['0', false],
  ])('with CORELOOM_KEEP_THREADS %s: %s', (value, keeps) => {
    expect(keepsThreads({ CORELOOM_KEEP_THREADS: value })).toBe(keeps);
  });

  it('is refused where it is neither', () => {
    expect(() => keepsThreads({ CORELOOM_KEEP_THREADS: 'no' })).toThrow(
      'CORELOOM_KEEP_THREADS must be 0 or 1, or not set; it is no.',
    );
  });
});
