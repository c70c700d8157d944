import { LIMITS, usualWords } from '../../contract';
import type { Command, Context, Line } from '../command';
import {
  outputOptions,
  readExperimentSubject,
  SAVED_NOTE,
  SUBJECT_ARGUMENT,
  SUBJECT_OPTIONS,
} from './experiment-settings';
import { runExperiment } from './run-experiment';
import { given, wholeWithin } from './run-settings';

export const scaleCommand: Command = {
  name: 'scale',
  summary: 'measure throughput for each number of workers, and report how many are enough and why',
  argument: SUBJECT_ARGUMENT,
  options: {
    executors: { value: 'A,B,…', summary: `executors to measure (default: ${usualWords()})` },
    max: {
      value: 'N',
      summary: 'the largest number of workers (default: twice the usable cores, at least 4, or 16 for I/O)',
    },
    rounds: {
      value: 'N',
      summary: 'measure each number of workers this many times (default: until the intervals are narrow)',
    },
    ...SUBJECT_OPTIONS,
    ...outputOptions({ csv: 'rounds', samples: 'worker counts' }),
  },
  notes: [
    'Every number of workers from 1 to 16 is measured, and a selection above 16, in a new random order each round.\nRounds are repeated until every 95 % interval is within 2.5 %, or until a limit is reached; the report says which.\nCtrl-C stops and saves what was measured so far. A second Ctrl-C quits at once.',
    SAVED_NOTE,
  ],
  examples: [
    'coreloom scale sha256',
    'coreloom scale primes --executors threads,python-threads --max 8 --report scale.html',
    'coreloom scale http --max 64 --set delayMs=20',
    'coreloom scale ./task.ts --executors threads',
  ],
  run,
};

async function run(line: Line, context: Context): Promise<number> {
  const settings = {
    ...(await readExperimentSubject(line)),
    max: given(line, 'max', wholeWithin(LIMITS.scaleWorkers)),
    rounds: given(line, 'rounds', wholeWithin(LIMITS.scaleRounds)),
  };
  return runExperiment({ kind: 'scale', ...settings }, line, context);
}
