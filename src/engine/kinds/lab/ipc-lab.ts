import { freemem } from 'node:os';
import {
  durationOfUs,
  binarySize,
  IPC_WAYS,
  IPC_WAY_TITLES,
  withInterval,
  type Estimate,
  type ExecutorKey,
  type IpcPoint,
  type IpcReport,
  type IpcWay,
  type Measured,
} from '../../../contract';

import { breakEvens } from './break-even';
import { measured, type LabCase } from './case';
import type { LabBody, MakeLab } from './lab';

const SIZES = {
  quick: [64, 1024, 65_536, 1_048_576],
  whole: [64, 1024, 16_384, 262_144, 1_048_576, 10_485_760, 104_857_600],
};
const ROUNDS = { quick: 8, whole: 12 };
/** Time of one block of messages, ms; one message may take longer. */
const BLOCK_MS = { quick: 14, whole: 24 };
/** A case of the largest sizes is given this long, ms. */
const CASE_MS = { quick: 600, whole: 2_500 };
/** Copies of a message that may exist at once: those of sender, system and receiver, of all messages on their way. */
const COPIES = 8;

const WAY_EXECUTORS: Record<IpcWay, ExecutorKey> = {
  clone: 'threads',
  transfer: 'threads',
  shared: 'threads',
  'fork-json': 'processes',
  'fork-advanced': 'processes',
  'python-thread-queue': 'python-threads',
  'python-queue': 'python-processes',
  'python-pipe': 'python-processes',
  'python-shared': 'python-processes',
};

interface IpcCase extends LabCase {
  way: IpcWay;
  bytes: number;
  tripsUs: number[];
  ownTripsUs: (number | null)[];
  rates: (number | null)[];
}

/** What it costs to hand bytes over, by way and size. */
export const ipcLab: MakeLab = ({ settings, sides, lackOf }) => {
  const pace = settings.quick ? 'quick' : 'whole';
  const sizes = SIZES[pace];
  const cases = IPC_WAYS.flatMap((way) => sizes.map((bytes) => ipcCase(way, bytes)));

  function ipcCase(way: IpcWay, bytes: number): IpcCase {
    const own: IpcCase = {
      way,
      bytes,
      tripsUs: [],
      ownTripsUs: [],
      rates: [],
      title: `${IPC_WAY_TITLES[way]}, ${binarySize(bytes)}`,
      executor: WAY_EXECUTORS[way],
      rounds: ROUNDS[pace],
      limitMs: CASE_MS[pace],
      // About 0.3 ms more for each hundred KB that are copied.
      expectedMs: BLOCK_MS[pace] + bytes / 300_000,
      unavailable: lackOf(WAY_EXECUTORS[way]) ?? tooLarge(bytes),
      async measure() {
        const block = await sides.ask<'ipc'>({ type: 'ipc', way, bytes, budgetMs: BLOCK_MS[pace] });
        own.tripsUs.push(block.roundTripUs);
        own.ownTripsUs.push(block.ownRoundTripUs);
        own.rates.push(block.bytesPerSecond);
      },
    };
    return own;
  }

  return {
    cases,
    body(reasonOf): LabBody {
      const points = cases.map((one): IpcPoint => ({
        way: one.way,
        executor: one.executor,
        bytes: one.bytes,
        roundTripUs: measured(one.tripsUs, settings.seed),
        ownRoundTripUs: measured(
          one.ownTripsUs.filter((us) => us !== null),
          settings.seed,
        ),
        bytesPerSecond: measured(
          one.rates.filter((rate) => rate !== null),
          settings.seed,
        ),
        reason: reasonOf(one),
      }));
      return { lab: 'ipc', sizes: [...sizes], points, breakEvens: breakEvens(points, settings) };
    },
    finding: (report) => (report.lab === 'ipc' ? finding(report) : ''),
  };
};

/** Two sides hold several copies of a message at once. */
function tooLarge(bytes: number): string | null {
  const needed = bytes * COPIES;
  const free = process.availableMemory?.() ?? freemem();
  if (needed < free / 2) return null;
  return `Skipped: it needs about ${binarySize(needed)} of memory, more than half of the ${binarySize(free)} that is free.`;
}

function finding({ points, breakEvens: found }: IpcReport): string {
  const trip = (way: IpcWay, size: number): Measured | null => {
    const point = points.find((one) => one.way === way && one.bytes === size);
    return point?.ownRoundTripUs ?? point?.roundTripUs ?? null;
  };
  const said = (way: IpcWay, size: number): string[] => {
    const one = trip(way, size);
    return one ? [`${IPC_WAY_TITLES[way]} ${figure(one)}`] : [];
  };
  const at = (size: number, ways: readonly IpcWay[]): string => {
    const parts = ways.flatMap((way) => said(way, size));
    return parts.length === 0 ? '' : `A round trip of ${binarySize(size)} of new data takes ${parts.join(', ')}.`;
  };
  const ways: IpcWay[] = ['clone', 'fork-advanced', 'python-queue'];
  const python = found.find(({ against, taskUs }) => against === 'python-threads' && taskUs !== null);
  const worth = python?.taskUs
    ? ` Python processes pay off compared with Python threads for tasks longer than ${figure(python.taskUs)}, each with a round trip of ${binarySize(python.bytes)}.`
    : '';
  const text = [at(1024, ways), at(1_048_576, ways)].filter((sentence) => sentence !== '').join(' ');
  return text === '' ? 'No round was completed.' : `${text}${worth}`;
}

/** µs with their interval. */
const figure = (measured: Estimate): string => withInterval(measured, durationOfUs);
