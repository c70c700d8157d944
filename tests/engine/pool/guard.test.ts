import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { ENTRIES } from '../../support/paths';
import { descendants, isRunning, start } from '../../support/processes';

/** A process that would go on for ever. */
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

it.skipIf(process.platform !== 'linux')('kills what has the tag that it is told, also by its parent, and nothing else', async () => {
  const tagged = (worker: string) => start('/bin/sh', ['-c', 'env -i /bin/sleep 60; :'], { stdio: 'ignore', env: { CORELOOM_WORKER: worker } });
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
});

it.skipIf(process.platform !== 'linux')('spares a process with the number of one that was to be ended', async () => {
  const other = victim();
  const child = guard();
  child.stdin.end(`!a-run.1. ${other.pid}@1\n`);
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(isRunning(other.pid)).toBe(true);
});
