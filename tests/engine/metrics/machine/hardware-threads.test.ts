import { availableParallelism } from 'node:os';
import { expect, it, vi } from 'vitest';
import { readMachine } from '../../../../src/engine/metrics/machine/machine';

vi.mock('node:os', async (original) => ({ ...(await original<object>()), cpus: () => [] }));

it('counts the hardware threads that this process may use where the system lists none, as without /proc', async () => {
  const { hardwareThreads, limits } = await readMachine(() => null);
  expect(hardwareThreads).toBe(availableParallelism());
  expect(limits.effectiveCpus).toBe(hardwareThreads);
});
