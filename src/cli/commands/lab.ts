import { LIMITS, LABS, type LabName } from '../../contract';
import type { Command, Context, Line } from '../command';
import { UsageError } from '../parse';
import { suggest } from '../suggest';
import { outputOptions, PYTHON_OPTIONS } from './experiment-settings';
import { runExperiment } from './run-experiment';
import { given, readStartMethod, wholeWithin } from './run-settings';

export const labCommand: Command = {
  name: 'lab',
  summary:
    'measure one mechanism alone: hand-over (ipc), races, memory or start-up, on threads and processes of Node and Python',
  argument: { name: 'lab', summary: `There are ${LABS.join(', ')}.` },
  options: {
    quick: { summary: 'fewer cases and rounds' },
    ...PYTHON_OPTIONS,
    seed: { value: 'N', summary: 'seed of the order of the cases and of the resampling (default: random)' },
    ...outputOptions({ csv: 'values', samples: 'figures' }),
  },
  notes: [
    'ipc      what it costs to hand 64 B to 100 MiB over, and from which length on tasks are worth it\nrace     workers increment one counter: unlocked, with Atomics, with a lock\nmemory   what each further worker takes, and whose writes it sees\nstartup  from asking for a worker to its first result, cold and warm',
    'What cannot be measured here is a row with its reason.\nCtrl-C ends it: what was measured is kept. A second Ctrl-C ends at once.',
    'Every report is kept in the data folder (CORELOOM_HOME sets another).',
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
    `There is no lab "${typed}"${near === null ? '.' : `: did you mean ${near}?`} There are ${LABS.join(', ')}.`,
  );
}
