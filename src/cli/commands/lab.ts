import { LIMITS, LABS, type LabName } from '../../contract';
import type { Command, Context, Line } from '../command';
import { UsageError } from '../parse';
import { suggest } from '../suggest';
import { outputOptions, PYTHON_OPTIONS, SAVED_NOTE } from './experiment-settings';
import { runExperiment } from './run-experiment';
import { given, readStartMethod, wholeWithin } from './run-settings';

export const labCommand: Command = {
  name: 'lab',
  summary: 'measure one mechanism in Node and Python: hand-over (ipc), data races, memory or start-up',
  argument: { name: 'lab', summary: `One of ${LABS.join(', ')}.` },
  options: {
    quick: { summary: 'fewer cases and rounds' },
    ...PYTHON_OPTIONS,
    seed: { value: 'N', summary: 'seed of the order of the cases and of the resampling (default: random)' },
    ...outputOptions({ csv: 'values', samples: 'figures' }),
  },
  notes: [
    'ipc      the cost of handing 64 B to 100 MiB to another worker, and how long a task must be for that to pay off\nrace     workers increment one counter: unlocked, with Atomics, with a lock\nmemory   memory per additional worker, and which writes other workers see\nstartup  time from requesting a worker to its first result, cold and warm',
    'Anything that cannot be measured on this machine is listed with the reason.\nCtrl-C stops and saves what was measured so far. A second Ctrl-C quits at once.',
    SAVED_NOTE,
  ],
  examples: ['coreloom lab race', 'coreloom lab ipc --quick --report ipc.html'],
  run,
};

async function run(line: Line, context: Context): Promise<number> {
  const settings = {
    kind: 'lab' as const,
    lab: readLab(line.argument ?? ''),
    quick: line.has('quick'),
    python: readStartMethod(line),
    seed: given(line, 'seed', wholeWithin(LIMITS.seed)),
  };
  return runExperiment(settings, line, context);
}

function readLab(typed: string): LabName {
  const lab = LABS.find((name) => name === typed);
  if (lab !== undefined) return lab;
  const near = suggest(typed, LABS);
  throw new UsageError(
    `"${typed}" is not a lab${near === null ? '.' : `; did you mean ${near}?`} The labs are ${LABS.join(', ')}.`,
  );
}
