import { join } from 'node:path';
import { expect } from 'vitest';
import { ROOT } from '../support/paths';
import { start } from '../support/processes';
import { fault, NEEDS_LINUX } from './fault';

fault(
  {
    area: 'Rough hands for a while',
    fault: 'starts, drags, kills, suspensions, exports and reloads at random (a short form of npm run soak)',
    promise: 'every task is accounted for, no answer is wrong; no process, handle or file is left over',
    notHere: NEEDS_LINUX,
  },
  async () => {
    const { code, out, err } = await start(process.execPath, [
      join(ROOT, 'scripts/soak.mjs'),
      '--minutes',
      '0.3',
      '--seed',
      '7',
    ]).ended;
    expect(out).toMatch(/tasks in = \d+ done/);
    expect(code, `${out}${err}`).toBe(0);
  },
);
