import { usualWords } from '../../contract';
import type { Command, Context, Line } from '../command';
import {
  outputOptions,
  readExperimentSubject,
  SAVED_NOTE,
  SUBJECT_ARGUMENT,
  SUBJECT_OPTIONS,
} from './experiment-settings';
import { runExperiment } from './run-experiment';

export const answerCommand: Command = {
  name: 'answer',
  summary: 'say in one sentence whether to use threads or processes for this work, and how many',
  argument: SUBJECT_ARGUMENT,
  options: {
    executors: { value: 'A,B,…', summary: `executors that may be the answer (default: ${usualWords()})` },
    ...SUBJECT_OPTIONS,
    ...outputOptions({ csv: 'figures', samples: 'claims' }),
  },
  notes: [
    'For each language, a comparison with one worker, then the throughput of 1, 2, 4 … workers of the one that is named:\n20 to 40 s on two idle cores, longer if a task takes more than about 100 ms. Of two that are not told apart, the one\nthat costs less is named. The report contains the comparison and the scaling experiment in full.\nCtrl-C stops and saves what was measured so far. A second Ctrl-C quits at once.',
    SAVED_NOTE,
  ],
  examples: ['coreloom answer primes', 'coreloom answer ./task.ts', 'coreloom answer http --set delayMs=20'],
  run,
};

async function run(line: Line, context: Context): Promise<number> {
  return runExperiment({ kind: 'answer', ...(await readExperimentSubject(line)) }, line, context);
}
