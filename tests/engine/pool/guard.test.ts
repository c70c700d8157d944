import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { createHostedThreadPool } from '../../../src/engine/pool';
import { ENTRIES } from '../../support/paths';
import { descendants, isRunning, start } from '../../support/processes';
import { TASKS, until } from './support/pools';

/** A process that would go on forever. */
const victim = () => start(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });

const guard = () => spawn(process.execPath, [ENTRIES.guard], { stdio: ['pipe', 'ignore', 'inherit'] });

it('kills whom it was told of, also when its parent is gone before it has started', async () => {
  const [told, spared] = [victim(), victim()];
  const child = guard();
  const exited = once(child, 'exit');
  // All of this stands in the pipe before the guard runs its first line.
  child.stdin.end(`+${told.pid}\n+${spared.pid}\n-${spared.pid}\n`);
  expect((await told.ended).signal).toBe('SIGKILL');
  expect(await exited).toEqual([0, null]);
  expect(spared.child.signalCode).toBeNull();
});

it.skipIf(process.platform !== 'linux')(
  'kills what has the tag that it is told, also by its parent, and nothing else',
  async () => {
    const tagged = (worker: string) =>
      start('/bin/sh', ['-c', 'env -i /bin/sleep 60; :'], { stdio: 'ignore', env: { CORELOOM_WORKER: worker } });
    const [told, spared] = [tagged('a-run.1.'), tagged('a-run.11.')];
    for (const { pid } of [told, spared]) await expect.poll(() => descendants(pid)).toHaveLength(1);
    const child = guard();
    child.stdin.write('!a-run.1.\n');
    expect((await told.ended).signal).toBe('SIGKILL');
    const [beneath] = descendants(spared.pid);
    expect(isRunning(beneath ?? 0)).toBe(true);
    child.stdin.end();
    await once(child, 'exit');
    expect(isRunning(spared.pid)).toBe(true);
  },
);

it.skipIf(process.platform !== 'linux')('spares a process with the number of one that was to be ended', async () => {
  const other = victim();
  const child = guard();
  child.stdin.end(`!a-run.1. ${other.pid}@1\n`);
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(isRunning(other.pid)).toBe(true);
});

it.skipIf(process.platform !== 'linux')(
  'does not take a host of threads for the one that it came for, which has ended',
  async () => {
    const pool = createHostedThreadPool({ entries: { ...ENTRIES, tasks: TASKS }, run: 'a-run' });
    onTestFinished(() => pool.close());
    const tags = new Set<string | undefined>();
    for (let hosts = 0; hosts < 3; hosts += 1) {
      pool.resize(1);
      await pool.ready();
      const [worker] = pool.status().workers;
      const environment = readFileSync(`/proc/${String(worker?.pid)}/environ`, 'latin1').split('\0');
      tags.add(environment.find((one) => one.startsWith('CORELOOM_WORKER=')));
      process.kill(worker?.pid ?? 0, 'SIGKILL');
      await until(() => pool.status().workers.every(({ pid }) => pid !== worker?.pid));
    }
    expect(tags.size).toBe(3);
    expect(tags).not.toContain(undefined);
  },
);
