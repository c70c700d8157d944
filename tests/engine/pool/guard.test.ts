import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { ENTRIES } from '../../support/paths';
import { start } from '../../support/processes';

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
