import { describe, expect, it } from 'vitest';
import { nextDueMs, startTicker } from '../../../../src/engine/metrics/tick/schedule';

const schedule = { startMs: 1000, periodMs: 100 };

describe('nextDueMs', () => {
  it('is a multiple of the period from the start, so that lateness does not add up', () => {
    expect([1000, 1003, 1099.5, 1101, 1130].map((now) => nextDueMs(schedule, now))).toEqual([
      1100, 1100, 1200, 1200, 1200,
    ]);
  });

  it('skips what was missed, and what is less than half a period away', () => {
    expect(nextDueMs(schedule, 5230)).toBe(5300);
    expect(nextDueMs(schedule, 5260)).toBe(5400);
  });
});

/** A clock that stands still until a timer fires, each by some ms too late. */
function fakeTicker(
  lateness: number[],
  ticks: number,
): { seen: [number, number][]; stop: () => void; timers: () => number } {
  let now = 0;
  let pending: { callback: () => void; at: number } | null = null;
  const seen: [number, number][] = [];
  const stop = startTicker({
    periodMs: 100,
    nowMs: () => now,
    tick: (atMs, lateMs) => seen.push([atMs, lateMs]),
    setTimer: (callback, delayMs) => {
      pending = { callback, at: now + delayMs };
      return 0 as unknown as NodeJS.Timeout;
    },
  });
  for (let index = 0; index < ticks; index++) {
    const due = pending as { callback: () => void; at: number } | null;
    if (due === null) break;
    pending = null;
    now = due.at + (lateness[index] ?? 0);
    due.callback();
  }
  return { seen, stop, timers: () => (pending === null ? 0 : 1) };
}

describe('the ticker', () => {
  it('ticks at once, then at its times, and says how late it was', () => {
    expect(fakeTicker([0, 7, 0], 3).seen).toEqual([
      [0, 0],
      [100, 0],
      [207, 7],
      [300, 0],
    ]);
  });

  it('makes up for no missed ticks in a burst', () => {
    expect(fakeTicker([720, 0, 0], 3).seen).toEqual([
      [0, 0],
      [820, 720],
      [900, 0],
      [1000, 0],
    ]);
  });

  it('does not call a timer that came early late', () => {
    expect(fakeTicker([-0.5, 0], 2).seen).toEqual([
      [0, 0],
      [99.5, 0],
      [200, 0],
    ]);
  });

  it('sets no timer once it was stopped, also from within a tick', () => {
    let timers = 0;
    let ticks = 0;
    const stop: () => void = startTicker({
      periodMs: 100,
      nowMs: () => 0,
      tick: () => ticks++,
      setTimer: () => {
        timers++;
        return 0 as unknown as NodeJS.Timeout;
      },
    });
    stop();
    stop();
    expect([ticks, timers]).toEqual([1, 1]);
  });
});
