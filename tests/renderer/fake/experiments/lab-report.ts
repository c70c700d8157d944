import {
  IPC_WAYS,
  type ExecutorKey,
  type IpcReport,
  type IpcWay,
  type LabName,
  type LabReport,
  type Measured,
  type MemoryReport,
  type RaceReport,
  type RaceRow,
  type StartupReport,
} from '../../../../src/contract';
import { makeMachine } from '../../../fixtures/report';

const around = (value: number, by = 0.04): Measured => ({
  value,
  low: value * (1 - by),
  high: value * (1 + by),
  values: Array.from({ length: 9 }, (_, round) => value * (1 + (by * (round - 4)) / 4)),
});
type Base = Omit<IpcReport, 'lab' | 'sizes' | 'points' | 'breakEvens'>;

const BASE: Base = {
  schemaVersion: 3,
  id: '20261122-210000-lab-1ab000',
  kind: 'lab',
  createdBy: { host: 'terminal', coreloom: '0.1.0' },
  startedAt: '2026-11-22T21:00:00.000Z',
  endedAt: '2026-11-22T21:01:00.000Z',
  outcome: 'completed',
  failure: null,
  finding: '',
  warnings: [],
  machine: makeMachine(4),
  settings: { lab: 'ipc', quick: true, workers: 4, seed: 7, python: null },
  elapsedMs: 20_000,
  observer: { samplerCpuMs: 300, samplerShare: 0.03, engineCpuMs: null, samples: 120, lateSamples: 0, maxLateMs: 2 },
};

/** Fixed price in µs, and price of a byte in ns. */
const PRICES: Record<IpcWay, { executor: ExecutorKey; fixedUs: number; byteNs: number }> = {
  clone: { executor: 'threads', fixedUs: 24, byteNs: 0.7 },
  transfer: { executor: 'threads', fixedUs: 30, byteNs: 0.0002 },
  shared: { executor: 'threads', fixedUs: 9, byteNs: 0 },
  'fork-json': { executor: 'processes', fixedUs: 70, byteNs: 38 },
  'fork-advanced': { executor: 'processes', fixedUs: 85, byteNs: 2.9 },
  'python-thread-queue': { executor: 'python-threads', fixedUs: 20, byteNs: 0 },
  'python-queue': { executor: 'python-processes', fixedUs: 110, byteNs: 3.4 },
  'python-pipe': { executor: 'python-processes', fixedUs: 45, byteNs: 2.1 },
  'python-shared': { executor: 'python-processes', fixedUs: 40, byteNs: 0 },
};
const SIZES = [64, 1024, 16_384, 262_144, 1_048_576, 10_485_760, 104_857_600];

function ipc(): IpcReport {
  return {
    ...BASE,
    lab: 'ipc',
    sizes: SIZES,
    finding:
      'Up to 10 kB the ways of threads cost 25 to 31 µs there and back; at 1 MB a copy costs 0.72 ms, a transfer 30 µs, and a process with JSON 38 ms.',
    points: IPC_WAYS.flatMap((way) =>
      SIZES.map((bytes) => {
        const { executor, fixedUs, byteNs } = PRICES[way];
        const skipped = way === 'fork-json' && bytes > 10_000_000;
        const still = way === 'shared' || way === 'python-shared';
        const us = fixedUs + (bytes * byteNs) / 500;
        return {
          way,
          executor,
          bytes,
          roundTripUs: skipped ? null : around(us),
          ownRoundTripUs: skipped || still ? null : around(us * 2),
          bytesPerSecond: skipped || still ? null : around((bytes / us) * 1e6),
          reason: skipped ? 'JSON of 100 MB would take more than the time there is.' : null,
        };
      }),
    ),
    breakEvens: [
      {
        executor: 'threads',
        way: 'clone',
        against: 'inline',
        bytes: 1024,
        workers: 4,
        taskUs: around(33, 0.1),
        because: 'A task costs 25 µs to hand over, and four workers share the rest.',
      },
      {
        executor: 'processes',
        way: 'fork-advanced',
        against: 'inline',
        bytes: 1024,
        workers: 4,
        taskUs: around(117, 0.1),
        because: 'A task costs 88 µs to hand over, and four workers share the rest.',
      },
      {
        executor: 'python-processes',
        way: 'python-queue',
        against: 'python-threads',
        bytes: 1024,
        workers: 4,
        taskUs: around(150, 0.1),
        because: 'The lock lets one thread run at a time; processes pay 113 µs for every task.',
      },
    ],
  };
}

function raceRow(
  executor: ExecutorKey,
  method: RaceRow['method'],
  lost: number | null,
  over: Partial<RaceRow> = {},
): RaceRow {
  const verdict =
    method === 'separate' ? 'cannot-race' : lost === null ? 'not-measured' : lost > 0 ? 'lost' : 'not-observed';
  return {
    executor,
    method,
    statement: method === 'atomics' ? 'Atomics.add(counter, 0, 1)' : 'counter[0] = counter[0] + 1',
    workers: 4,
    increments: 4_000_000,
    lostShare: lost === null ? null : lost === 0 ? { value: 0, low: 0, high: 0, values: [0] } : around(lost, 0.08),
    losing: lost ? 10 : 0,
    rounds: 10,
    verdict,
    couldLose: verdict === 'not-observed' ? 0.259 : null,
    wallMs: lost === null ? null : around(41),
    reason: null,
    ...over,
  };
}

function race(): RaceReport {
  return {
    ...BASE,
    lab: 'race',
    finding:
      'Four threads that share a counter lose 62 % of their increments; with Atomics or a lock no loss was observed.',
    rows: [
      raceRow('threads', 'unlocked', 0.62),
      raceRow('threads', 'atomics', 0),
      raceRow('threads', 'lock', 0),
      raceRow('processes', 'separate', 0),
      raceRow('python-threads', 'unlocked', 0, { statement: 'counter += 1' }),
      raceRow('python-processes', 'unlocked', 0.44, { statement: 'counter.value += 1' }),
      raceRow('python-interpreters', 'unlocked', null, { reason: 'Python 3.11 has no concurrent.interpreters.' }),
    ],
  };
}

function memory(): MemoryReport {
  const row = (executor: ExecutorKey, processes: number, each: number): MemoryReport['rows'][number] => ({
    executor,
    processes,
    workers: 8,
    points: [1, 2, 3, 4, 6, 8].map((workers) => ({
      workers,
      residentBytes: workers * each,
      proportionalBytes: workers * each * 0.55,
      privateBytes: processes === 1 ? null : workers * each * 0.4,
    })),
    eachResidentBytes: around(each),
    eachProportionalBytes: around(each * 0.55),
    eachPrivateBytes: processes === 1 ? null : around(each * 0.4),
    reason: null,
  });
  return {
    ...BASE,
    lab: 'memory',
    finding:
      'A further thread adds 6.1 MB, a further process 41 MB. A write by one thread is seen by another after 0.9 µs; by another process never, unless the memory was made to be shared.',
    rows: [
      row('threads', 1, 6.1e6),
      row('processes', 8, 41e6),
      row('python-threads', 1, 0.2e6),
      row('python-processes', 8, 11e6),
    ],
    visibility: [
      {
        executor: 'threads',
        through: 'variable',
        what: 'an ordinary variable',
        seen: false,
        delayUs: null,
        lookedMs: 50,
        reason: null,
      },
      {
        executor: 'threads',
        through: 'shared-memory',
        what: 'a SharedArrayBuffer',
        seen: true,
        delayUs: around(0.9, 0.2),
        lookedMs: null,
        reason: null,
      },
      {
        executor: 'processes',
        through: 'variable',
        what: 'an ordinary variable',
        seen: false,
        delayUs: null,
        lookedMs: 50,
        reason: null,
      },
      {
        executor: 'python-threads',
        through: 'variable',
        what: 'an ordinary variable',
        seen: true,
        delayUs: around(210, 0.3),
        lookedMs: null,
        reason: null,
      },
    ],
  };
}

function startup(): StartupReport {
  const row = (
    executor: ExecutorKey,
    start: 'cold' | 'warm',
    ready: number,
    first: number,
  ): StartupReport['rows'][number] => ({
    executor,
    start,
    readyMs: around(ready),
    firstResultMs: around(first, 0.2),
    totalMs: around(ready + first),
    reason: null,
  });
  return {
    ...BASE,
    lab: 'startup',
    finding: 'A thread gives its first result after 31 ms, a process after 49 ms.',
    rows: [
      row('threads', 'cold', 34, 2.1),
      row('threads', 'warm', 29, 1.8),
      row('processes', 'cold', 52, 3.3),
      row('processes', 'warm', 46, 3),
      row('python-threads', 'cold', 71, 0.8),
      row('python-threads', 'warm', 0.9, 0.4),
      row('python-processes', 'cold', 95, 1.9),
      row('python-processes', 'warm', 24, 1.4),
      {
        executor: 'python-interpreters',
        start: 'cold',
        readyMs: null,
        firstResultMs: null,
        totalMs: null,
        reason: 'Python 3.11 has no concurrent.interpreters.',
      },
    ],
  };
}

const MAKERS: Record<LabName, () => LabReport> = { ipc, race, memory, startup };

/** The drawn report of a lab. */
export function drawLabReport(lab: LabName, overrides: Partial<Base> = {}): LabReport {
  const report = MAKERS[lab]();
  return { ...report, settings: { ...report.settings, lab }, id: `20261122-210000-${lab}-1ab000`, ...overrides };
}
