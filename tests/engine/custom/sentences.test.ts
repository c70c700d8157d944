import { describe, expect, it } from 'vitest';
import { sentencesFor as inNode } from '../../../src/engine/custom/node/sentences';
import { sentencesFor as inPython } from '../../../src/engine/custom/python/sentences';
import type { WorkerExit } from '../../../src/engine/worker';

const spoken = { path: '/home/task.mjs', taskPlace: 'task.mjs:3' };
const killed: WorkerExit = { code: null, signal: 'SIGKILL', reason: null };

describe.each([
  ['JavaScript', inNode],
  ['Python', inPython],
] as const)('what is said of a worker in %s that was killed', (_, sentencesFor) => {
  const said = (kills: number): string => sentencesFor(spoken, () => kills).died(killed, 'processes').message;

  it('names no cause that was not seen', () => {
    expect(said(0)).toBe(
      'task.mjs:3: the task ended with its worker in processes by signal SIGKILL, and the system does not say who sent it. It is not retried.',
    );
  });

  it('names memory where the system was seen to end processes for want of it', () => {
    expect(said(1)).toMatch(
      / by signal SIGKILL, while the system killed processes because memory had run out; keep less data at a time\. /,
    );
  });
});
