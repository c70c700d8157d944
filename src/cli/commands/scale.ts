import { LIMITS } from '../../contract';
import type { Command, Context, Line } from '../command';
import { outputOptions, readExperimentSubject, SUBJECT_ARGUMENT, SUBJECT_OPTIONS } from './experiment-settings';
import { runExperiment } from './run-experiment';
import { given, wholeWithin } from './run-settings';

export const scaleCommand: Command = {
  name: 'scale',
  summary: 'measure throughput over the number of workers, and say how many are enough and why',
  argument: SUBJECT_ARGUMENT,
  options: {
    executors: { value: 'A,B,…', summary: 'executors to measure (default: all available)' },
    max: {
      value: 'N',
      summary: 'the largest number of workers (default: twice the usable CPUs, at least 4, 16 for I/O)',
    },
    rounds: {
      value: 'N',
      summary: 'measure each number of workers this often (default: until the intervals are narrow)',
    },
    ...SUBJECT_OPTIONS,
    ...outputOptions({ csv: 'rounds', samples: 'counts' }),
  },
  notes: [
    'Every number of workers from 1 to 16 is measured, and fewer above, in an order that is shuffled each time.\nRounds go on until every 95 % interval is within 2.5 %, or a limit is reached; which one it was is said.\nCtrl-C ends it: what was measured is kept. A second Ctrl-C ends at once.',
    'Every report is kept in the data folder (CORELOOM_HOME sets another).',
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
    ...readExperimentSubject(line),
    max: given(line, 'max', wholeWithin(LIMITS.scaleWorkers)),
    rounds: given(line, 'rounds', wholeWithin(LIMITS.scaleRounds)),
  };
  return runExperiment({ kind: 'scale', ...settings }, line, context);
}
