import { describe, expect, it } from 'vitest';
import { bytes, duration, elapsed, percent, rate } from '../../../src/renderer/src/theme/format';

describe('figures on the screen', () => {
  it('of time have the unit that fits, from a microsecond to hours', () => {
    expect([0, 0.0004, 0.0314, 0.41, 4.1, 41.2, 412].map(duration)).toEqual([
      '0 ms',
      '0.400 µs',
      '31.4 µs',
      '410 µs',
      '4.10 ms',
      '41.2 ms',
      '412 ms',
    ]);
    expect([999.4, 4120, 99_960, 119_000, 125_000, 7_380_000].map(duration)).toEqual([
      '999 ms',
      '4.12 s',
      '100 s',
      '119 s',
      '2 min 5 s',
      '123 min 0 s',
    ]);
    expect([41_000, 3_725_000].map(elapsed)).toEqual(['00:41', '1:02:05']);
  });

  it('are not rounded to nothing, and have their thousands apart', () => {
    expect([0, 0.004, 0.5, 2, 21.34, 2184.4, 1_234_567].map(rate)).toEqual([
      '0',
      '0.0040',
      '0.50',
      '2.0',
      '21.3',
      '2,184',
      '1,234,567',
    ]);
  });

  it('of a share have no sign where they are nothing', () => {
    expect([-0.0004, -0.0006, 0.5].map((share) => percent(share, 1))).toEqual(['0.0 %', '-0.1 %', '50.0 %']);
  });

  it('of memory may be less than nothing, where some was freed meanwhile', () => {
    expect([0, 900, 6.1e6, 41e6, 1.2e9, -6.1e6, -0.3].map(bytes)).toEqual([
      '0 B',
      '900 B',
      '6.10 MB',
      '41.0 MB',
      '1.20 GB',
      '−6.10 MB',
      '0 B',
    ]);
  });
});
