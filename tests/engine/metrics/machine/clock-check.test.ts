import { describe, expect, it } from 'vitest';
import { CoreloomError } from '../../../../src/contract';
import { createClockCheck } from '../../../../src/engine/metrics/machine/clock-check';

/** A child whose clock is off by some ms and answers after 2 ms. */
function check(offMs: number): { run: Promise<{ agrees: boolean }>; asked: () => number } {
  let now = 100;
  let asked = 0;
  const clock = createClockCheck(
    () => {
      asked++;
      queueMicrotask(() => {
        now += 2;
        clock.answered(now - 1 + offMs);
      });
    },
    () => now,
  );
  return { run: clock.check(), asked: () => asked };
}

describe('the comparison of clocks', () => {
  it('agrees where every stamp lies between question and answer', async () => {
    const { run, asked } = check(0);
    expect((await run).agrees).toBe(true);
    expect(asked()).toBe(3);
  });

  it('disagrees with a clock that is ahead or behind', async () => {
    expect((await check(5).run).agrees).toBe(false);
    expect((await check(-5).run).agrees).toBe(false);
  });

  it('ends with an error where no answer will come', async () => {
    const clock = createClockCheck(
      () => {},
      () => 0,
    );
    const run = clock.check();
    clock.failed(new CoreloomError('sampler-failed', 'gone'));
    await expect(run).rejects.toThrow('gone');
    clock.answered(0);
  });
});
