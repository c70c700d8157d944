import { LIMITS } from '../../contract';
import type { Command, Context, Line } from '../command';
import { outputOptions, PYTHON_OPTIONS, SAVED_NOTE } from './experiment-settings';
import { runExperiment } from './run-experiment';
import { given, readStartMethod, wholeWithin } from './run-settings';

export const scorecardCommand: Command = {
  name: 'scorecard',
  summary: 'check common claims about threads and processes on this machine',
  options: {
    quick: { summary: 'under two minutes on two idle cores; intervals are wider' },
    ...PYTHON_OPTIONS,
    seed: { value: 'N', summary: 'seed of inputs, order and resampling (default: random)' },
    ...outputOptions({ csv: 'figures', samples: 'claims' }),
  },
  notes: [
    'Each claim holds, does not hold, or is not shown; the intervals decide, and the report gives the reason.\nCtrl-C stops and saves the claims measured so far. A second Ctrl-C quits at once.',
    SAVED_NOTE,
  ],
  examples: ['coreloom scorecard --quick', 'coreloom scorecard --report scorecard.html'],
  run,
};

async function run(line: Line, context: Context): Promise<number> {
  const settings = {
    quick: line.has('quick'),
    python: readStartMethod(line),
    seed: given(line, 'seed', wholeWithin(LIMITS.seed)),
  };
  return runExperiment({ kind: 'scorecard', ...settings }, line, context);
}
