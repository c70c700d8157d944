// The shapes of load: each takes a contender and answers one number. Every result is compared with what was asked.
const SLICE_MS = 80;
const nowMs = () => performance.now();
let checked = 0;
const check = (got, expected) => {
  checked += 1;
  if (got !== expected)
    throw new Error(`A task came back with ${String(got).slice(0, 40)} instead of ${String(expected).slice(0, 40)}.`);
};

/** Tasks a second when many are submitted at once, in bursts, for about a slice. */
const atOnce =
  (size) =>
  async ({ run }) => {
    let done = 0;
    const startMs = nowMs();
    do {
      const results = await Promise.all(Array.from({ length: size }, (_, value) => run({ kind: 'echo', value })));
      results.forEach((result, value) => check(result, value));
      done += size;
    } while (nowMs() - startMs < SLICE_MS);
    return (done / (nowMs() - startMs)) * 1e3;
  };

/** Tasks a second with a fixed number in flight, for a slice. */
const inFlight =
  (count, valueOf, same = check) =>
  async ({ run }) => {
    const startMs = nowMs();
    let done = 0;
    const lane = async () => {
      while (nowMs() - startMs < SLICE_MS) {
        const value = valueOf(done);
        same(await run({ kind: 'echo', value }), value);
        done += 1;
      }
    };
    await Promise.all(Array.from({ length: count }, lane));
    return (done / (nowMs() - startMs)) * 1e3;
  };

/** Median time of one task after the other, µs. */
const oneAtATime =
  (times) =>
  async ({ run }) => {
    const took = [];
    for (let value = 0; value < times; value += 1) {
      const startMs = nowMs();
      check(await run({ kind: 'echo', value }), value);
      took.push((nowMs() - startMs) * 1e3);
    }
    return took.sort((a, b) => a - b)[times >> 1];
  };

/** Share of the workers' time spent in tasks of 1 ms. */
const busy =
  (times) =>
  async ({ run, split }, { workers }) => {
    const task = { kind: 'spin', value: 1 };
    const startMs = nowMs();
    if (split === undefined)
      (await Promise.all(Array.from({ length: times }, () => run(task)))).forEach((result) => check(result, 1));
    else await split(task, times);
    return times / workers / (nowMs() - startMs);
  };

/** Time for 100 tasks, 90 of 0.1 ms and 10 of 10 ms among them, ms. */
const mixed = async ({ run }) => {
  const startMs = nowMs();
  const lengths = Array.from({ length: 100 }, (_, at) => (at % 10 === 7 ? 10 : 0.1));
  const results = await Promise.all(lengths.map((value) => run({ kind: 'spin', value })));
  results.forEach((result, at) => check(result, lengths[at]));
  return nowMs() - startMs;
};

const MIB = 2 ** 20;
/** Each task has a block of its own: what is given twice in one message would be copied once. */
const IN_FLIGHT_MIB = 8;
const sameLength = (a, b) => check(a.length, b.length);
/** No two in flight are the same: a text that all tasks share would be sent once. */
const kibs = Array.from({ length: 256 }, (_, at) => String(at).padStart(4).repeat(256));
const blocks = {
  threads: Array.from({ length: 4 * IN_FLIGHT_MIB }, (_, at) => new Uint8Array(MIB).fill(at)),
  processes: Array.from({ length: 4 * IN_FLIGHT_MIB }, (_, at) => String.fromCharCode(65 + at).repeat(MIB)),
};
const blockOf = (kind) => (value) => blocks[kind][value % blocks[kind].length];

/** Tasks a second whose block is moved there and not copied; what answers is its length. Blocks are made outside the time. */
const moved =
  (times) =>
  async ({ move }) => {
    let tookMs = 0;
    for (let i = 0; i < times; i += 1) {
      const waiting = Array.from({ length: IN_FLIGHT_MIB }, () => new Uint8Array(MIB).fill(7));
      const startMs = nowMs();
      const results = await Promise.all(waiting.map((value) => move({ kind: 'length', value }, value.buffer)));
      tookMs += nowMs() - startMs;
      results.forEach((result) => check(result, MIB));
      waiting.forEach((value) => check(value.byteLength, 0));
    }
    return ((times * IN_FLIGHT_MIB) / tookMs) * 1e3;
  };

/**
 * What is measured together, in rounds, with its share of the time. Code is compiled and memory collected beside the
 * program for as long as slices last: what is disturbed most by that comes before what causes it.
 */
export const PHASES = [
  { key: 'paced', share: 0.25, collect: 'minor' },
  { key: 'flood', share: 0.45, collect: 'minor' },
  // Its blocks want a full collection, after which code is compiled anew for up to 0.1 s.
  { key: 'large', share: 0.3, collect: 'major' },
];

/**
 * `phase`: the key of one above; `higher`: whether more is better; `also`: the group that takes part beside ours and
 * the peers; `only`: the one kind that can.
 */
export const SHAPES = [
  { key: 'throughput', phase: 'flood', title: 'many at once, tasks/s', higher: true, measure: () => atOnce(2000) },
  {
    key: 'inFlight64',
    phase: 'flood',
    title: '64 in flight, tasks/s',
    higher: true,
    measure: () => inFlight(64, (value) => value),
  },
  {
    key: 'kib1',
    phase: 'flood',
    title: '1 KiB, 64 in flight, tasks/s',
    higher: true,
    measure: () => inFlight(64, (at) => kibs[at % kibs.length]),
  },
  {
    key: 'roundTrip',
    phase: 'paced',
    title: 'one at a time, p50 µs',
    higher: false,
    also: 'raw',
    measure: () => oneAtATime(150),
  },
  { key: 'busy', phase: 'paced', title: '1 ms tasks, busy share', higher: true, also: 'raw', measure: () => busy(40) },
  { key: 'mixed', phase: 'paced', title: '0.1 and 10 ms, makespan ms', higher: false, measure: () => mixed },
  {
    key: 'mib1',
    phase: 'large',
    title: '1 MiB copied both ways, 8 in flight, tasks/s',
    higher: true,
    measure: (kind) => inFlight(IN_FLIGHT_MIB, blockOf(kind), sameLength),
  },
  {
    key: 'mib1Transferred',
    phase: 'large',
    title: '1 MiB transferred, 8 in flight, tasks/s',
    higher: true,
    only: 'threads',
    measure: () => moved(10),
  },
];

/** How many results were compared with what was asked, so far. */
export const checkedResults = () => checked;

/** Runs every shape a little, so that code is compiled and buffers are grown. */
export async function warmUp({ run }) {
  for (let i = 0; i < 3; i += 1)
    await Promise.all(Array.from({ length: 1500 }, (_, value) => run({ kind: 'echo', value })));
}
