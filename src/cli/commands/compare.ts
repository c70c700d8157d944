import { EXECUTORS, exceptSingle, LIMITS, SETTLED_WORDS, usualWords, type CompareSettings } from '../../contract';
import { BASELINE_OPTIONS, readBaseline } from '../baseline';
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

export const compareCommand: Command = {
  name: 'compare',
  summary: 'run the same tasks on several executors, and report which is faster and how certain that is',
  argument: SUBJECT_ARGUMENT,
  options: {
    executors: { value: 'A,B,…', summary: `executors to compare (default: ${usualWords()})` },
    workers: {
      value: 'N',
      summary: `workers per executor (default: one per usable core, at least 2)${exceptSingle(EXECUTORS)}`,
    },
    rounds: { value: 'N', summary: 'measure exactly this many rounds (default: until the ratios are stable)' },
    tasks: {
      value: 'N',
      summary: 'tasks per round (default: about 100 ms of the slowest executor, at least 4 per worker)',
    },
    precise: { summary: 'measure for up to 90 s, with tasks of the default size, at least 8 per worker' },
    ...SUBJECT_OPTIONS,
    ...outputOptions({ csv: 'rounds', samples: 'executors' }),
    ...BASELINE_OPTIONS,
  },
  notes: [
    `Rounds are repeated until every ratio to the reference (usually one worker), and that of the two fastest, is settled:\n${SETTLED_WORDS}.\nThey end at the latest after 10 s for two executors and 3.5 s for each further one (--precise, and tasks so\nlong that rounds are too few: 90 s); the report says which. The verdict is shown from the eighth round on.`,
    'Ctrl-C stops and saves what was measured so far. A second Ctrl-C quits at once.',
    'With --fail-if-slower, the exit code is 1 only if the whole 95 % interval is above the limit (see docs/ci.md).',
    SAVED_NOTE,
  ],
  examples: [
    'coreloom compare primes --workers 2',
    'coreloom compare ./task.ts --workers 4',
    'coreloom compare sha256 --executors sequential,threads --rounds 20 --report compare.html',
    'coreloom compare sha256 --baseline before.json --fail-if-slower 5%',
  ],
  run,
};

async function run(line: Line, context: Context): Promise<number> {
  const settings = await readSettings(line);
  const baseline = await readBaseline(line, settings, context.terminal);
  return runExperiment({ kind: 'compare', ...(baseline?.settings ?? settings) }, line, context, baseline?.gate);
}

async function readSettings(line: Line): Promise<CompareSettings> {
  return {
    ...(await readExperimentSubject(line)),
    workers: given(line, 'workers', wholeWithin(LIMITS.compareWorkers)),
    rounds: given(line, 'rounds', wholeWithin(LIMITS.compareRounds)),
    tasks: given(line, 'tasks', wholeWithin(LIMITS.roundTasks)),
    precise: line.has('precise') || undefined,
  };
}
