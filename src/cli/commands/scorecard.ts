import { LIMITS } from '../../contract';
import type { Command, Context, Line } from '../command';
import { outputOptions, PYTHON_OPTIONS } from './experiment-settings';
import { runExperiment } from './run-experiment';
import { given, readStartMethod, wholeWithin } from './run-settings';

export const scorecardCommand: Command = {
  name: 'scorecard',
  summary: 'hold what is said of threads and processes against what this machine does, claim by claim',
  options: {
    quick: { summary: 'under two minutes on two idle cores; intervals are wider' },
    ...PYTHON_OPTIONS,
    seed: { value: 'N', summary: 'seed of inputs, order and resampling (default: random)' },
    ...outputOptions({ csv: 'figures', samples: 'claims' }),
  },
  notes: [
    'A claim holds, does not hold, or is not shown: that is called by intervals, and says why. Ctrl-C ends it: claims that\nwere measured by then are kept. A second Ctrl-C ends at once.',
    'Every report is kept in the data folder (CORELOOM_HOME sets another).',
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
