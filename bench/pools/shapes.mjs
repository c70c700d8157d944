// The shapes of load: each takes a contender and answers one number. Every result is compared with what was asked.
const SLICE_MS = 80;
const nowMs = () => performance.now();
const check = (got, expected) => {
  if (got !== expected) throw new Error(`A task came back with ${String(got).slice(0, 40)} instead of ${String(expected).slice(0, 40)}.`);
};

/** Tasks a second when many are submitted at once, in bursts, for about a slice. */
const atOnce = (size) => async ({ run }) => {
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
const inFlight = (count, valueOf, same = check) => async ({ run }) => {
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
const oneAtATime = (times) => async ({ run }) => {
  const took = [];
  for (let value = 0; value < times; value += 1) {
    const startMs = nowMs();
    check(await run({ kind: 'echo', value }), value);
    took.push((nowMs() - startMs) * 1e3);
  }
  return took.sort((a, b) => a - b)[times >> 1];
};

/** Share of the workers' time spent in tasks of 1 ms. */
const busy = (times) => async ({ run, split }, { workers }) => {
  const task = { kind: 'spin', value: 1 };
  const startMs = nowMs();
  if (split === undefined) await Promise.all(Array.from({ length: times }, () => run(task)));
  else await split(task, times);
  return times / workers / (nowMs() - startMs);
};

/** Time for 100 tasks, 90 of 0.1 ms and 10 of 10 ms among them, ms. */
const mixed = async ({ run }) => {
  const startMs = nowMs();
  await Promise.all(Array.from({ length: 100 }, (_, at) => run({ kind: 'spin', value: at % 10 === 7 ? 10 : 0.1 })));
  return nowMs() - startMs;
};

const sameLength = (a, b) => check(a.length, b.length);
const kib = 'k'.repeat(1024);
const mib = { threads: new Uint8Array(2 ** 20).fill(7), processes: 'm'.repeat(2 ** 20) };

/** `higher`: whether more is better; `raw`: whether the raw split can do it. */
export const SHAPES = [
  { key: 'throughput', title: 'many at once, tasks/s', higher: true, measure: () => atOnce(2000) },
  { key: 'inFlight64', title: '64 in flight, tasks/s', higher: true, measure: () => inFlight(64, (value) => value) },
  { key: 'kib1', title: '1 KiB, 64 in flight, tasks/s', higher: true, measure: () => inFlight(64, () => kib) },
  { key: 'mib1', title: '1 MiB, 8 in flight, tasks/s', higher: true, measure: (kind) => inFlight(8, () => mib[kind], sameLength) },
  { key: 'roundTrip', title: 'one at a time, p50 µs', higher: false, raw: true, measure: () => oneAtATime(150) },
  { key: 'busy', title: '1 ms tasks, busy share', higher: true, raw: true, measure: () => busy(40) },
  { key: 'mixed', title: '0.1 and 10 ms, makespan ms', higher: false, measure: () => mixed },
];

/** Runs every shape a little, so that code is compiled and buffers are grown. */
export async function warmUp({ run }) {
  for (let i = 0; i < 3; i += 1) await Promise.all(Array.from({ length: 1500 }, (_, value) => run({ kind: 'echo', value })));
}
