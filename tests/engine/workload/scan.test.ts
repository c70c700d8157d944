import { existsSync, rmSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { scan } from '../../../src/engine/workload/scan';
import type { Prepared, TaskInput } from '../../../src/engine/workload/workload';
import { ENTRIES } from '../../support/paths';
import { realWorkers, runIn } from './real-workers';

const { startThread, startFork, afterwards } = realWorkers();

async function prepare(arrayMiB = 1, signal = new AbortController().signal): Promise<Prepared> {
  const made = await scan.prepare?.({ settings: { arrayMiB }, entries: ENTRIES, signal });
  if (made === undefined) throw new Error('scan prepares nothing');
  afterwards(() => made.stop());
  return made;
}

const task = ({ values }: Prepared): TaskInput => ({
  workload: 'scan',
  size: 500_000,
  seed: 3,
  settings: { arrayMiB: 1 },
  prepared: values,
});

it('needs the file for processes alone: threads read the one array there is', async () => {
  const prepared = await prepare();
  const path = String(prepared.values['path']);
  expect(statSync(path).size).toBe(2 ** 20);
  const [early, late] = [await startFork(), await startFork()];
  const inProcess = await runIn(early, task(prepared));
  rmSync(path);
  expect(await runIn(await startThread(), task(prepared))).toBe(inProcess);
  // Read once, kept from task to task.
  expect(await runIn(early, task(prepared))).toBe(inProcess);
  expect(await runIn(late, task(prepared))).toMatchObject({ code: 'ENOENT' });
});

it('refuses a thread that is older than the array: it would measure a copy', async () => {
  const thread = await startThread();
  expect(await runIn(thread, task(await prepare()))).toMatchObject({
    code: 'internal',
    message: expect.stringContaining('did not receive the array of its run'),
  });
});

it('removes its file at the end, and makes another for the next run', async () => {
  const [first, second] = [await prepare(), await prepare()];
  const paths = [first, second].map(({ values }) => String(values['path']));
  expect(new Set(paths).size).toBe(2);
  await first.stop();
  await first.stop();
  expect(paths.map((path) => existsSync(path))).toEqual([false, true]);
});

it('leaves nothing where the run is stopped while the array is made', async () => {
  await expect(prepare(64, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
});
