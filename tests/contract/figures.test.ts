import { describe, expect, it } from 'vitest';
import {
  apartFrom,
  binarySize,
  byteRate,
  bytes,
  clock,
  coefficient,
  coreCount,
  duration,
  durationOfUs,
  factor,
  instant,
  interval,
  intervalBeside,
  NONE,
  number,
  percent,
  percentOf,
  plural,
  points,
  rate,
  times,
  wholeSeconds,
  withInterval,
  withoutZeros,
  type Unit,
} from '../../src/contract';
import { readFigure, VALUES } from '../support/figures';

const UNITS: Record<string, Unit> = {
  number,
  coreCount,
  factor,
  rate,
  duration,
  durationOfUs,
  bytes,
  binarySize,
  byteRate,
  percent,
  points,
};

describe.each(Object.entries(UNITS))('%s of ten thousand values and all edges', (name, unit) => {
  const read = VALUES.map((value) => ({ value, text: unit(value) })).map((one) => ({
    ...one,
    ...readFigure(name, one.text),
  }));

  it('never lets a larger value read smaller', () => {
    const sorted = read.toSorted((a, b) => a.value - b.value);
    expect(sorted.filter(({ says }, at) => says < (sorted[at - 1]?.says ?? -Infinity))).toEqual([]);
  });

  it('reads beside an interval with the decimals of its ends, and can be read back from there', () => {
    const decimals = (text: string): number => text.split('.')[1]?.length ?? 0;
    const wrong = VALUES.filter((value) => {
      if (value === 0) return false;
      const [low = 0, high = 0] = [value * 0.97, value * 1.03].sort((a, b) => a - b);
      const found = /^(\S+)(?: (\S+))? \[(\S+), (\S+)\]$/.exec(withInterval({ value, low, high }, unit));
      // Ends of other units, or of two, have their own.
      if (found === null || found[0].includes('e')) return false;
      const [, own = '', of = '', ...ends] = found;
      const { says, lastDigit } = readFigure(name, of === '' ? own : `${own} ${of}`);
      const exact = Math.abs(says - value) <= lastDigit / 2 + 1e-14 * Math.abs(value);
      return !exact || ends.some((end) => decimals(end) !== decimals(own));
    });
    expect(wrong).toEqual([]);
  });

  it('says no more than two digits of the width of an interval', () => {
    const decimals = (text: string): number => text.split('.')[1]?.length ?? 0;
    const wrong = VALUES.filter((value) => {
      const [low = 0, high = 0] = [value * 0.4, value * 1.7].sort((a, b) => a - b);
      const found = /^(\S+)(?: \S+)? \[(\S+), (\S+)\]$/.exec(withInterval({ value, low, high }, unit));
      if (found === null || found[0].includes('e')) return false;
      const [, own = '', from = '', to = ''] = found;
      const plain = (text: string): number => Number(text.replaceAll(',', '').replace('−', '-'));
      const width = plain(to) - plain(from);
      // Each end is rounded: by half of the last digit at most.
      return decimals(own) > 0 && width * 10 ** decimals(own) > 101.01;
    });
    expect(wrong).toEqual([]);
  });

  it('can be read back within half of the last digit', () => {
    const exact = 1e-14;
    expect(
      read.filter(({ value, says, lastDigit }) => Math.abs(says - value) > lastDigit / 2 + exact * Math.abs(value)),
    ).toEqual([]);
  });

  it('has no more digits than three, but for whole numbers and pairs of units', () => {
    const many = read.filter(({ text }) => (/^−?([\d,]+\.\d+)/.exec(text)?.[1] ?? '').replace(/^0\.0*|\D/g, '').length > 3); // prettier-ignore
    expect(many).toEqual([]);
  });

  it('has a true minus, one unit, and is 0 for nothing alone', () => {
    const form = /^−?\d{1,3}(,\d{3})*(\.\d+)?(e−?\d+)?( (min|h)( \d+ (s|min))?| (?!min|h)\S+)?$/;
    expect(read.filter(({ text }) => !form.test(text))).toEqual([]);
    expect(read.filter(({ value, text }) => (value === 0) !== /^0( |$)/.test(text) && !/ B/.test(text))).toEqual([]);
  });

  it('is a dash for what is not there', () => {
    for (const value of [null, undefined, NaN, Infinity, -Infinity]) expect(unit(value)).toBe(NONE);
  });
});

const said = (unit: Unit, values: readonly number[]): string[] => values.map((value) => unit(value));

describe('units', () => {
  it('of time change where a figure would need a fourth digit, and pairs of them where it would be long', () => {
    expect(said(duration, [0, 4e-7, 0.0314, 0.41, 4.1, 41.2, 412, 999.4, 999.5, 999.95, 1000, 1000.4])).toEqual(
      ['0 ms', '0.400 ns', '31.4 µs', '410 µs', '4.10 ms', '41.2 ms', '412 ms', '999 ms', '1.00 s', '1.00 s', '1 s', '1.00 s'], // prettier-ignore
    );
    expect(said(duration, [99_960, 119_499, 119_500, 120_000, 120_400, 125_000, 7_169_999, 7_170_000, 72e5])).toEqual(
      ['100 s', '119 s', '2 min 0 s', '2 min', '2 min 0 s', '2 min 5 s', '119 min 30 s', '2 h 0 min', '2 h'], // prettier-ignore
    );
    expect(said(duration, [-4.1, -1e-300, -125_000])).toEqual(['−4.10 ms', '−1.00e−294 ns', '−2 min 5 s']);
    expect(said(durationOfUs, [410, 4100])).toEqual(['410 µs', '4.10 ms']);
  });

  it('of memory are decimal, of what is a power of two binary, and a byte is not parted', () => {
    expect(said(bytes, [0, 900.4, 999.4, 999.6, 6.1e6, 41e6, 1.2e9, 999_600, -6.1e6, -0.3, 0.4])).toEqual(
      ['0 B', '900 B', '999 B', '1.00 kB', '6.10 MB', '41 MB', '1.20 GB', '1.00 MB', '−6.10 MB', '0 B', '0 B'], // prettier-ignore
    );
    expect(said(binarySize, [1, 1023, 1024, 1536, 65_536, 1_048_575, 1.5 * 2 ** 20, 33_609_007_104])).toEqual(
      ['1 B', '1,023 B', '1 KiB', '1.50 KiB', '64 KiB', '1.00 MiB', '1.50 MiB', '31.3 GiB'], // prettier-ignore
    );
    expect(byteRate(1.2e9)).toBe('1.20 GB/s');
  });

  it('of shares have two digits and two decimals at most', () => {
    expect(
      said(percent, [0, 0.07, 0.29, 0.0731, 0.00421, 0.00004, -0.00004, 0.0995, 0.364, 0.997, 2.58, -0.123]),
    ).toEqual(
      ['0 %', '7 %', '29 %', '7.3 %', '0.42 %', '0.00 %', '0.00 %', '10 %', '36 %', '100 %', '258 %', '−12 %'], // prettier-ignore
    );
    expect([percentOf(0.36, 'one core'), percentOf(null, 'one core')]).toEqual(['36 % of one core', NONE]);
    expect(points(0.0123)).toBe('1.2 points');
  });

  it('of rates, factors and cores leave no value without a digit', () => {
    expect(said(rate, [0, 0.004, 0.5, 2, 21.34, 2184.4, 1_234_567])).toEqual(
      ['0 /s', '0.00400 /s', '0.500 /s', '2 /s', '21.3 /s', '2,184 /s', '1,234,567 /s'], // prettier-ignore
    );
    expect(said(factor, [0.0042, 0.0512, 0.5123, 0.998, 1, 1.934, 9.995, 9.996, 19.34, 99.96, 193.4])).toEqual(
      ['0.00420 ×', '0.0512 ×', '0.512 ×', '0.998 ×', '1.00 ×', '1.93 ×', '9.99 ×', '10.0 ×', '19.3 ×', '100 ×', '193 ×'], // prettier-ignore
    );
    expect(said(coreCount, [0, 0.0042, 0.0061, 0.00995, 0.914, 0.996, 1.934, 12.34, 64])).toEqual(
      ['0', '0.004', '0.006', '0.01', '0.91', '1.00', '1.93', '12.3', '64.0'], // prettier-ignore
    );
    expect(said(number, [1e-9, 1e16, -0.001, 12_345.6])).toEqual(['1.00e−9', '1.00e16', '−0.00100', '12,346']);
  });

  it('of places in time keep what tells neighbours apart', () => {
    expect(said(instant, [0, 1234.5, 1_234_560, -5])).toEqual(['0.00 s', '1.23 s', '1,234.56 s', '−0.01 s']);
    expect([apartFrom(-12_340), apartFrom(20), apartFrom(60, 'end'), apartFrom(0, 'end')]).toEqual(
      ['−12.3 s', 'now', '+0.1 s', 'end'], // prettier-ignore
    );
    expect([clock(41_000), clock(3_725_000)]).toEqual(['00:41', '1:02:05']);
    expect([wholeSeconds(39_001), wholeSeconds(99_999), wholeSeconds(100_001)].map(duration)).toEqual(
      ['40 s', '100 s', '2 min'], // prettier-ignore
    );
  });

  it('of counts and of axes have no zeros at their end', () => {
    expect([
      plural(1, 'worker'),
      plural(12_000, 'task'),
      plural(1.5, 'core'),
      plural(2, 'process', 'processes'),
    ]).toEqual(
      ['1 worker', '12,000 tasks', '1.5 cores', '2 processes'], // prettier-ignore
    );
    expect([withoutZeros(0.5, factor), withoutZeros(1.5e9, bytes), withoutZeros(100, duration)]).toEqual(
      ['0.5 ×', '1.5 GB', '100 ms'], // prettier-ignore
    );
    expect(coefficient(0.98765)).toBe('0.988');
  });
});

describe('the notation of intervals', () => {
  it('is the ends in brackets, with a unit that both have behind them', () => {
    expect(interval({ low: 392, high: 408 }, duration)).toBe('[392, 408] ms');
    expect(interval({ low: 0.01, high: 0.02 }, number)).toBe('[0.010, 0.020]');
  });

  it('says both units where they differ', () => {
    expect(interval({ low: 980, high: 1010 }, duration)).toBe('[980 ms, 1.01 s]');
  });

  it('has the unit of the value once, before the brackets', () => {
    expect(withInterval({ value: 1.93, low: 1.9, high: 1.96 }, factor)).toBe('1.93 × [1.90, 1.96]');
    expect(times({ value: 1.93, low: 1.9, high: 1.96 })).toBe('1.93 × [1.90, 1.96]');
    expect(withInterval({ value: 5, low: 4, high: 6 }, number)).toBe('5 [4, 6]');
  });

  it('is none where a value was measured once: a range without width would look like certainty', () => {
    expect(withInterval({ value: 5, low: 5, high: 5 }, number)).toBe('5');
    expect(intervalBeside({ value: 5, low: 5, high: 5 }, number)).toBe(NONE);
    expect([withInterval(null, duration), intervalBeside(null, duration), times(null)]).toEqual([NONE, NONE, NONE]);
  });

  it('keeps the unit of the ends where the value has another', () => {
    expect(withInterval({ value: 1010, low: 980, high: 990 }, duration)).toBe('1.01 s [980, 990] ms');
    expect(withInterval({ value: 990, low: 980, high: 1010 }, duration)).toBe('990 ms [980 ms, 1.01 s]');
  });

  it('gives nothing the unit of the other end', () => {
    expect(interval({ low: 0, high: 0.123 }, duration)).toBe('[0, 123] µs');
  });

  it('does not say the unit of a value again beside it', () => {
    expect(intervalBeside({ value: 400, low: 392, high: 408 }, duration)).toBe('[392, 408]');
    expect(intervalBeside({ value: 1010, low: 980, high: 990 }, duration)).toBe('[980, 990] ms');
  });

  it('has the same decimals throughout, those of the one that has most', () => {
    expect(times({ value: 0.98, low: 0.96, high: 1 })).toBe('0.980 × [0.960, 1.000]');
    expect(times({ value: 1.0004, low: 0.998, high: 1.004 })).toBe('1.000 × [0.998, 1.004]');
    expect(withInterval({ value: 5000, low: 4900, high: 5100 }, duration)).toBe('5.00 s [4.90, 5.10]');
    expect(intervalBeside({ value: 0.98, low: 0.96, high: 1 }, factor)).toBe('[0.960, 1.000]');
    expect(interval({ low: 0.96, high: 1 }, factor)).toBe('[0.960, 1.000] ×');
    expect(withInterval({ value: 999, low: 9.5, high: 1010 }, rate)).toBe('999 /s [9.50, 1,010]');
    expect(times({ value: 0.5, low: 0, high: 1 })).toBe('0.5 × [0, 1.0]');
  });

  it('says no more decimals than the width warrants: two digits of it', () => {
    expect(withInterval({ value: 31, low: 9.49, high: 52.51 }, duration)).toBe('31 ms [9, 53]');
    expect(withInterval({ value: 11.5, low: 9.49, high: 14.2 }, duration)).toBe('11.5 ms [9.5, 14.2]');
    expect(intervalBeside({ value: 31, low: 9.49, high: 52.51 }, duration)).toBe('[9, 53]');
    expect(interval({ low: 9.49, high: 52.51 }, duration)).toBe('[9, 53] ms');
    expect(times({ value: 1.93, low: 0.92, high: 2.94 })).toBe('1.9 × [0.9, 2.9]');
    expect(times({ value: 8.6, low: 8.1, high: 9.1 })).toBe('8.6 × [8.1, 9.1]');
    expect(withInterval({ value: 0.073, low: 0.05, high: 0.35 }, percent)).toBe('7 % [5, 35]');
  });

  it('leaves what is two units as it is', () => {
    expect(withInterval({ value: 185e3, low: 125e3, high: 245e3 }, duration)).toBe(
      '3 min 5 s [2 min 5 s, 4 min 5 s]', // prettier-ignore
    );
  });
});
