import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { anyInterpreter, create, type TestExecutor, type TestTask, type Variant } from './support/pythons';

const interpreter = await anyInterpreter();
const ROUNDS = 3;
const SETTLE_MS = 150;
const SLICE_MS = 300;

/** Tasks a second of so many workers. */
async function rate(executor: TestExecutor, task: TestTask, workers: number): Promise<number> {
  executor.resize(workers);
  await executor.ready();
  let on = true;
  let done = 0;
  const feeding = executor.feed({ next: () => (on ? task : undefined), settled: () => (done += 1) });
  await wait(SETTLE_MS);
  const [before, startedMs] = [done, performance.now()];
  await wait(SLICE_MS);
  const perSecond = (done - before) / (performance.now() - startedMs);
  on = false;
  await feeding;
  return perSecond;
}

/** How much more two workers do than one: the median of rounds, so that what else the machine does hits both. */
async function gain(name: Variant['name'], task: TestTask): Promise<number> {
  const executor = create({ name, interpreter: interpreter! });
  const gains: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const one = await rate(executor, task, 1);
    gains.push((await rate(executor, task, 2)) / one);
  }
  await executor.close();
  return gains.sort((a, b) => a - b)[1] ?? NaN;
}

// That threads which compute gain nothing is held against the cores they keep busy (lock-live.test.ts), which no other load
// can change; what processes gain there is the benchmark's to say, on idle cores (npm run bench:python).
describe.skipIf(interpreter === null)('a second worker of Python', () => {
  it.each(['python-threads', 'python-processes'] as const)('of %s gets more done of what waits', async (name) => {
    expect(await gain(name, { kind: 'pause', ms: 20 })).toBeGreaterThan(1.4);
  });
});
