import { once } from 'node:events';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { findWorkload, workloads } from '../../../src/engine/workload/registry';
import { prepareFolder } from '../../../src/engine/workload/run-folder';
import { run } from '../../../src/engine/workload/tasks';
import type { TaskInput } from '../../../src/engine/workload/workload';
import { prepareWorkloads } from './prepared';
import { realWorkers, runIn } from './real-workers';

const { startThread, startFork, afterwards } = realWorkers();
const fileTask = (folder: string, size: number): TaskInput => ({
  workload: 'files',
  size,
  seed: 5,
  prepared: { folder },
});

/** The folder of a run. */
function prepare(): { folder: string; stop(): Promise<void> } {
  const { values, stop } = prepareFolder();
  afterwards(stop);
  return { ...values, stop };
}

describe('tasks in real workers', () => {
  it('answer the same checksum on a thread, in a forked process and here', async () => {
    const prepared = await prepareWorkloads();
    afterwards(() => prepared.stop());
    const [thread, child] = [await startThread(), await startFork()];
    for (const { info } of workloads) {
      const task = prepared.taskOf(info.name, Math.max(info.size.min, 10), 4_000_000_001);
      const here = await run(task, { executor: 'sequential', worker: 1, print: () => undefined });
      expect([await runIn(thread, task), await runIn(child, task)]).toEqual([here, here]);
    }
  });
});

describe('a thread in the middle of the longest task', () => {
  it.each(['pbkdf2', 'sort'])(
    'of %s can be ended, though the work is done by native code',
    async (workload) => {
      const { max } = findWorkload(workload).info.size;
      const thread = await startThread();
      for (let i = 0; i < 20; i += 1) thread.postMessage({ workload, size: max, seed: i });
      await wait(300);
      const askedMs = performance.now();
      await thread.terminate();
      // Generous, for a machine that is busy; one call for all of it would take half a minute.
      expect(performance.now() - askedMs).toBeLessThan(5_000);
    },
    120_000,
  );
});

describe('the folders of the workload files', () => {
  it('hold nothing between tasks, and are gone when the workers end', async () => {
    const { folder } = prepare();
    const [thread, child] = [await startThread(), await startFork()];
    await runIn(thread, fileTask(folder, 1000));
    await runIn(child, fileTask(folder, 1000));
    const folders = readdirSync(folder);
    expect(folders.toSorted()).toEqual([`${child.pid}-0`, `${process.pid}-${thread.threadId}`].toSorted());
    for (const own of folders) expect(readdirSync(join(folder, own))).toEqual([]);
    const ended = [once(thread, 'exit'), once(child, 'exit')];
    thread.postMessage('exit');
    child.send('exit');
    await Promise.all(ended);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('are removed with the run after workers were killed in the middle of a task', async () => {
    const { folder, stop } = prepare();
    const [thread, child] = [await startThread(), await startFork()];
    await runIn(thread, fileTask(folder, 1000));
    await runIn(child, fileTask(folder, 1000));
    thread.postMessage(fileTask(folder, 2 ** 29));
    child.send(fileTask(folder, 2 ** 29));
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await Promise.all([exited, thread.terminate()]);
    expect(readdirSync(folder)).toHaveLength(2);
    await stop();
    expect(existsSync(folder)).toBe(false);
  });

  it('are made again where somebody removed them, but never the run’s own: another user may have made one of its name', async () => {
    const { folder } = prepare();
    const child = await startFork();
    const first = await runIn(child, fileTask(folder, 10));
    rmSync(join(folder, `${child.pid}-0`), { recursive: true });
    expect(await runIn(child, fileTask(folder, 10))).toBe(first);
    rmSync(folder, { recursive: true });
    expect(await runIn(child, fileTask(folder, 10))).toEqual({
      code: 'not-writable',
      message: expect.stringMatching(/cannot be created \(ENOENT\): do not change the run’s folder until the run ends/),
    });
    expect(existsSync(folder)).toBe(false);
  });
});
