import { expect, test } from 'vitest';
import { progressOf, startStopwatch } from '../../../../src/engine/kinds/shared/stopwatch';

test('a stopwatch goes on until it is stopped, and then stands still', async () => {
  const watch = startStopwatch();
  expect(watch.stopped).toBe(false);
  await expect.poll(() => watch.elapsedMs()).toBeGreaterThan(1);
  watch.stop();
  const tookMs = watch.elapsedMs();
  await new Promise((resolve) => setTimeout(resolve, 5));
  watch.stop();
  expect({ stopped: watch.stopped, elapsedMs: watch.elapsedMs() }).toEqual({ stopped: true, elapsedMs: tookMs });
  expect(new Date(watch.startedAt).toISOString()).toBe(watch.startedAt);
});

test('progress is what has gone of the time expected, not known before there is an estimate, and whole at the end', () => {
  expect(progressOf(false, 3_000, 1_000)).toBe(0.75);
  expect(progressOf(false, 500, null)).toBeNull();
  expect(progressOf(true, 500, null)).toBe(1);
});
