import { describe, expect, it } from 'vitest';
import { CoreloomError, EXECUTORS } from '../../../src/contract';
import { checkSize, findWorkload, workloads } from '../../../src/engine/workload/registry';

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof CoreloomError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'nothing was thrown';
}

describe('workloads', () => {
  it('have names of their own, a default within their range, and words to show', () => {
    expect(new Set(workloads.map(({ info }) => info.name)).size).toBe(workloads.length);
    for (const workload of workloads) {
      const { info } = workload;
      expect(info.name).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(() => {
        checkSize(workload, info.size.default);
      }).not.toThrow();
      for (const text of [info.title, info.tag, info.summary, info.exercises, info.size.meaning])
        expect(text).not.toBe('');
      expect(structuredClone(info)).toEqual(info);
      expect(typeof info.releasesLock === 'boolean' || info.releasesLock === null).toBe(true);
      for (const setting of info.settings) {
        expect(setting.name).toMatch(/^[a-z][A-Za-z0-9]*$/);
        expect(setting.default).toBe(Math.min(Math.max(setting.default, setting.min), setting.max));
        for (const text of [setting.title, setting.meaning]) expect(text).not.toBe('');
      }
    }
  });

  it('close with a line for every executor where they print', () => {
    for (const workload of workloads) {
      for (const executor of EXECUTORS)
        expect(workload.closingLine?.(executor, 2) ?? null).toEqual(workload.info.prints ? expect.any(String) : null);
    }
  });
});

const names =
  'sha256, pbkdf2, primes, mandelbrot, matmul, kmeans, sort, group, sleep, files, sql, http, fetch-and-hash, scan, count';

describe('findWorkload', () => {
  it('finds each by its name', () => {
    for (const workload of workloads) expect(findWorkload(workload.info.name)).toBe(workload);
  });

  it('names all there are for a name there is not', () => {
    expect(messageOf(() => findWorkload('teapot'))).toBe(
      `unknown-workload: There is no workload "teapot". The workloads are ${names}.`,
    );
    expect(messageOf(() => findWorkload(''))).toContain('There is no workload "".');
    expect(messageOf(() => findWorkload('__proto__'))).not.toContain('Did you mean');
  });

  it.each([
    ['sha', 'sha256'],
    ['SHA-256', 'sha256'],
    ['sha265', 'sha256'],
    ['prime', 'primes'],
    ['matrix', null],
    ['slep', 'sleep'],
    ['file', 'files'],
    ['conut', 'count'],
  ])('suggests the likely one for "%s"', (typed, meant) => {
    const message = messageOf(() => findWorkload(typed));
    if (meant === null) expect(message).not.toContain('Did you mean');
    else expect(message).toContain(`Did you mean "${meant}"?`);
  });

  it('does not repeat an endless name', () => {
    expect(messageOf(() => findWorkload('x'.repeat(100_000))).length).toBeLessThan(400);
  });
});

describe('checkSize', () => {
  it.each([
    ['sha256', 0, 'bad-input: The size of sha256 (bytes to hash) must be a whole number from 64 to 8589934592, not 0.'],
    [
      'primes',
      10.5,
      'bad-input: The size of primes (odd numbers to test) must be a whole number from 1 to 50000000, not 10.5.',
    ],
    ['sleep', -1, 'bad-input: The size of sleep (milliseconds to wait) must be a number from 0.01 to 60000, not -1.'],
    [
      'files',
      NaN,
      'bad-input: The size of files (bytes to write) must be a whole number from 1 to 1073741824, not NaN.',
    ],
    [
      'sleep',
      Infinity,
      'bad-input: The size of sleep (milliseconds to wait) must be a number from 0.01 to 60000, not Infinity.',
    ],
  ])('refuses %s of size %s with one clear sentence', (name, size, sentence) => {
    expect(
      messageOf(() => {
        checkSize(findWorkload(name), size);
      }),
    ).toBe(sentence);
  });

  it('takes fractions where the size is a time', () => {
    expect(() => {
      checkSize(findWorkload('sleep'), 2.5);
    }).not.toThrow();
  });
});
