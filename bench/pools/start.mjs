import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { quantile } from './statistics.mjs';

const TIMES = 5;
const ask = async (file, ...argv) =>
  JSON.parse((await promisify(execFile)(process.execPath, [join(import.meta.dirname, file), ...argv])).stdout);
const median = (values) => (values.some((value) => value === null) ? null : quantile(values, 0.5));

/** What is found of each kind, one after the other. */
async function eachKind(kinds, of) {
  const result = {};
  for (const kind of kinds) result[kind] = await of(kind);
  return result;
}

/** Time to the first result, and memory for one more worker, of Coreloom's pools and of raw workers, each in processes of its own. */
export async function measureStarts(kinds, folder) {
  return eachKind(kinds, async (kind) => {
    const runs = { coreloom: [], raw: [] };
    for (let i = 0; i < TIMES; i += 1)
      for (const name of Object.keys(runs)) runs[name].push(await ask('start-one.mjs', kind, name, folder));
    return Object.fromEntries(Object.entries(runs).map(([name, measured]) => [name, medians(measured)]));
  });
}

const medians = (measured) =>
  Object.fromEntries(Object.keys(measured[0]).map((key) => [key, median(measured.map((one) => one[key]))]));

/** What reading the clock for each task costs, as a share of the throughput with 64 in flight, in a process of its own. */
export async function measureStamps(kinds, folder) {
  return eachKind(kinds, (kind) => ask('stamps-one.mjs', kind, folder));
}

/** Ten million tasks for threads and two for processes, which are slower, each in a process of its own. */
const STREAMED = { threads: 10_000_000, processes: 2_000_000 };

/** Streams very many tasks through our pools: how fast, and with how much memory. */
export async function measureStreams(kinds, folder) {
  return eachKind(kinds, (kind) => ask('stream-one.mjs', kind, String(STREAMED[kind]), folder));
}
