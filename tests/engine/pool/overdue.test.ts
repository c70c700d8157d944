import { expect, it } from 'vitest';
import { nowMs } from '../../../src/engine/system/clock';
import { watchWorkers } from '../../../src/engine/pool/watchdog';
import type { Slot } from '../../../src/engine/pool/slot';
import type { Task } from '../../../src/engine/pool/task';

type AnyTask = Task<unknown, unknown>;

/** A worker whose task has run since then. */
function slot(sinceMs: number, { atFault = true } = {}): Slot<unknown, unknown> & { answer(): void } {
  let running: { task: AnyTask; sinceMs: number } | null = { task: {} as AnyTask, sinceMs };
  const made = {
    pid: process.pid,
    stopped: false,
    running: () => running,
    atFault: () => atFault,
    answer: () => (running = null),
  };
  return made as unknown as Slot<unknown, unknown> & { answer(): void };
}

/** The first that is found to have missed its deadline, and what `during` does to it meanwhile. */
async function missed(
  slots: readonly Slot<unknown, unknown>[],
  during: () => void = () => undefined,
): Promise<Slot<unknown, unknown>> {
  let stop = (): void => undefined;
  const found = new Promise<Slot<unknown, unknown>>((resolve) => {
    stop = watchWorkers({
      deadlineMs: 50,
      slots,
      missed: (_task, one) => {
        resolve(one);
      },
    });
  });
  during();
  const first = await found;
  stop();
  return first;
}

it('blames the one that has run longest, of those whose own doing that is', async () => {
  const [waits, longest, later] = [
    slot(nowMs() - 3_000, { atFault: false }),
    slot(nowMs() - 2_000),
    slot(nowMs() - 1_000),
  ];
  expect(await missed([later, waits, longest])).toBe(longest);
});

it('blames nobody whose answer lies unread while this process stood still', async () => {
  const [answered, endless] = [slot(nowMs() - 40), slot(nowMs() - 30)];
  const found = await missed([answered, endless], () => {
    const untilMs = nowMs() + 500;
    // What comes from workers is read after timers have had their turn.
    setImmediate(() => {
      answered.answer();
    });
    while (nowMs() < untilMs);
  });
  expect(found).toBe(endless);
});
