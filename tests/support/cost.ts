import { appendFileSync, readFileSync } from 'node:fs';
import { afterAll, expect } from 'vitest';

/** Where each file of tests leaves what CPU time it used; `npm run bench:tests` names it. */
const list = process.env['CORELOOM_TEST_COST'];

/** CPU time of this process and of those it started that have ended, s. */
function used(): { own: number; started: number } {
  const words = readFileSync('/proc/self/stat', 'latin1').split(') ').at(-1)?.split(' ') ?? [];
  const [user = 0, system = 0, usersOfStarted = 0, systemsOfStarted = 0] = words.slice(11, 15).map(Number);
  return { own: (user + system) / 100, started: (usersOfStarted + systemsOfStarted) / 100 };
}

if (list !== undefined) {
  const [before, beforeMs] = [used(), performance.now()];
  afterAll(() => {
    const now = used();
    const cost = {
      file: expect.getState().testPath,
      own: now.own - before.own,
      started: now.started - before.started,
      wall: (performance.now() - beforeMs) / 1000,
    };
    appendFileSync(list, `${JSON.stringify(cost)}\n`);
  });
}
