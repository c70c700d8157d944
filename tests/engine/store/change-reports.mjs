// A process that changes saved reports as an engine does, once it is built: node change-reports.js FOLDER JOB, begun by a line
// on standard input.
import { closeSync, openSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { createStore } from '../../../src/engine/reports/saved-reports';
import { oneWriter } from '../../../src/engine/store/one-writer';

const [home, job = ''] = process.argv.slice(2);
const store = createStore({ home });
const writer = oneWriter(join(home, 'reports'));
const ids = Array.from({ length: 40 }, (_, at) => `r${at}`);
const marker = join(home, 'changing');

/** Throws if another process is at it too. */
async function alone() {
  closeSync(openSync(marker, 'wx'));
  await new Promise((done) => setTimeout(done, 1));
  rmSync(marker);
}

const JOBS = {
  title: () => Promise.all(ids.map((id) => store.relabel(id, { title: `title of ${id}` }))),
  note: () => Promise.all(ids.map((id) => store.relabel(id, { note: `note of ${id}` }))),
  remove: () =>
    Promise.allSettled(ids.map((id) => store.remove(id))).then(
      (all) => all.filter(({ status }) => status === 'fulfilled').length,
    ),
  alone: async () => {
    for (let turn = 0; turn < 25; turn++) await writer.inTurn(alone);
  },
  // Ends in the middle of its 5th change, as a killed engine does.
  die: async () => {
    for (let turn = 0; turn < 5; turn++) await writer.inTurn(alone);
    await writer.inTurn(() => process.kill(process.pid, 'SIGKILL'));
  },
  hold: () =>
    writer.inTurn(async () => {
      console.log('holding');
      await once(process.stdin, 'data');
    }),
};

console.log('ready');
await once(process.stdin, 'data');
console.log(`done ${JSON.stringify((await JOBS[job]()) ?? null)}`);
process.exit();
