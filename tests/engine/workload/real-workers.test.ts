import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { findWorkload, workloads } from '../../../src/engine/workload/registry';
import { run } from '../../../src/engine/workload/tasks';
import type { TaskInput } from '../../../src/engine/workload/workload';
import { prepareWorkloads } from './prepared';
import { realWorkers, runIn } from './real-workers';
import { OWN_FOLDER } from './task-folders';

/** Above every process id that a system gives: certainly of a process that is no more. */
const DEAD_PID = 2 ** 30;

const { startThread, startFork, afterwards } = realWorkers();
const fileTask = (size: number): TaskInput => ({ workload: 'files', size, seed: 5 });

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
  it.each(['pbkdf2', 'sort'])('of %s can be ended, though the work is done by native code', async (workload) => {
    const { max } = findWorkload(workload).info.size;
    const thread = await startThread();
    for (let i = 0; i < 20; i += 1) thread.postMessage({ workload, size: max, seed: i });
    await wait(300);
    const askedMs = performance.now();
    await thread.terminate();
    // Generous, for a machine that is busy; one call for all of it would take half a minute.
    expect(performance.now() - askedMs).toBeLessThan(5_000);
  }, 120_000);
});

describe('the folders of the workload files', () => {
  it('hold nothing between tasks, and are gone when the workers end', async () => {
    const [thread, child] = [await startThread(), await startFork()];
    await runIn(thread, fileTask(1000));
    await runIn(child, fileTask(1000));
    const folders = readdirSync(OWN_FOLDER);
    expect(folders).toContain(`${child.pid}-0`);
    expect(folders).toContain(`${process.pid}-${thread.threadId}`);
    for (const folder of folders) expect(readdirSync(join(OWN_FOLDER, folder))).toEqual([]);
    const ended = [once(thread, 'exit'), once(child, 'exit')];
    thread.postMessage('exit');
    child.send('exit');
    await Promise.all(ended);
    expect(existsSync(OWN_FOLDER)).toBe(false);
  });

  it('are removed by tidy after workers were killed in the middle of a task', async () => {
    const [thread, child] = [await startThread(), await startFork()];
    await runIn(thread, fileTask(1000));
    await runIn(child, fileTask(1000));
    thread.postMessage(fileTask(2 ** 29));
    child.send(fileTask(2 ** 29));
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await Promise.all([exited, thread.terminate()]);
    expect(existsSync(OWN_FOLDER)).toBe(true);
    findWorkload('files').tidy?.();
    expect(existsSync(OWN_FOLDER)).toBe(false);
  });

  it('of an engine that was killed are removed at the next start, those in use are not', async () => {
    const [dead, fresh] = [join(tmpdir(), `coreloom-files-${DEAD_PID}`), join(tmpdir(), `coreloom-files-${DEAD_PID + 1}`)];
    for (const folder of [dead, fresh]) {
      mkdirSync(join(folder, '7-0'), { recursive: true });
      writeFileSync(join(folder, '7-0', '1.bin'), 'left behind');
      afterwards(() => { rmSync(folder, { recursive: true, force: true }); });
    }
    utimesSync(dead, new Date(0), new Date(0));
    await runIn(await startThread(), fileTask(10));
    expect([existsSync(dead), existsSync(fresh)]).toEqual([false, true]);
  });

  it('are made again where somebody removed them', async () => {
    const child = await startFork();
    const first = await runIn(child, fileTask(10));
    rmSync(OWN_FOLDER, { recursive: true });
    expect(await runIn(child, fileTask(10))).toBe(first);
  });

  it('that cannot be made are an error that says so', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'coreloom-test-')), 'not-a-folder');
    afterwards(() => { rmSync(dirname(file), { recursive: true }); });
    writeFileSync(file, '');
    const child = await startFork({ TMPDIR: file, TEMP: file, TMP: file });
    const error = { code: 'not-writable', message: expect.stringContaining('temporary folder must be writable') };
    expect(await runIn(child, fileTask(10))).toEqual(error);
  });
});
