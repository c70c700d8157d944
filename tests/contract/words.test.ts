import { describe, expect, it } from 'vitest';
import { binarySize, fixed, interval, intervalBeside, timesOther, withInterval } from '../../src/contract';

const ms = (value: number): string => (value < 1000 ? `${value} ms` : `${value / 1000} s`);
const times = (value: number): string => `${value.toFixed(2)} ×`;

describe('the notation of intervals', () => {
  it('is the ends in brackets, with a unit that both have behind them', () => {
    expect(interval({ low: 392, high: 408 }, ms)).toBe('[392, 408] ms');
    expect(interval({ low: 0.01, high: 0.02 }, (value) => value.toFixed(3))).toBe('[0.010, 0.020]');
  });

  it('says both units where they differ', () => {
    expect(interval({ low: 980, high: 1010 }, ms)).toBe('[980 ms, 1.01 s]');
  });

  it('has the unit of the value once, before the brackets', () => {
    expect(withInterval({ value: 1.93, low: 1.9, high: 1.96 }, times)).toBe('1.93 × [1.90, 1.96]');
    expect(withInterval({ value: 5, low: 4, high: 6 }, String)).toBe('5 [4, 6]');
    // Measured once: a range without width would look like certainty.
    expect(withInterval({ value: 5, low: 5, high: 5 }, String)).toBe('5');
    expect(intervalBeside({ value: 5, low: 5, high: 5 }, String)).toBe('–');
  });

  it('keeps the unit of the ends where the value has another', () => {
    expect(withInterval({ value: 1010, low: 980, high: 990 }, ms)).toBe('1.01 s [980, 990] ms');
    expect(withInterval({ value: 990, low: 980, high: 1010 }, ms)).toBe('990 ms [980 ms, 1.01 s]');
  });

  it('gives nothing the unit of the other end', () => {
    expect(interval({ low: 0, high: 0.123 }, (value) => (value === 0 ? '0 ms' : `${value * 1e3} µs`))).toBe(
      '[0, 123] µs',
    );
  });

  it('does not say the unit of a value again beside it', () => {
    expect(intervalBeside({ value: 400, low: 392, high: 408 }, ms)).toBe('[392, 408]');
    expect(intervalBeside({ value: 1010, low: 980, high: 990 }, ms)).toBe('[980, 990] ms');
  });

  it('leaves what is no number and a unit as it is', () => {
    const minutes = (value: number): string => `${value} min 5 s`;
    expect(withInterval({ value: 3, low: 2, high: 4 }, minutes)).toBe('3 min 5 s [2 min 5 s, 4 min 5 s]');
  });

  it('writes times as a share of another’s to three digits, however far they are apart', () => {
    expect([0.0042, 0.0512, 0.5123, 0.998, 1.934, 19.34, 193.4].map(timesOther)).toEqual([
      '0.0042 ×',
      '0.0512 ×',
      '0.512 ×',
      '0.998 ×',
      '1.93 ×',
      '19.3 ×',
      '193 ×',
    ]);
    expect(withInterval({ value: 0.131, low: 0.1284, high: 0.1329 }, timesOther)).toBe('0.131 × [0.128, 0.133]');
  });
});

describe('decimals', () => {
  it('are as many as asked for, without a sign before nothing', () => {
    expect([-0.004, -0.006, 0.004, -12].map((value) => fixed(value, 2))).toEqual(['0.00', '-0.01', '0.00', '-12.00']);
    expect([-0.4, -0.6].map((value) => fixed(value, 0))).toEqual(['0', '-1']);
  });
});

it('sizes that are no whole number of their unit keep two decimals', () => {
  expect([1, 1023, 1536, 65_536, 1.5 * 2 ** 20, 100 * 2 ** 20].map(binarySize)).toEqual([
    '1 B',
    '1,023 B',
    '1.5 KiB',
    '64 KiB',
    '1.5 MiB',
    '100 MiB',
  ]);
});
