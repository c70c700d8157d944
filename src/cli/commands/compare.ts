import { LIMITS, type CompareSettings } from '../../contract';
import { BASELINE_OPTIONS, readBaseline } from '../baseline';
import type { Command, Context, Line } from '../command';
import { outputOptions, readExperimentSubject, SUBJECT_ARGUMENT, SUBJECT_OPTIONS } from './experiment-settings';
import { runExperiment } from './run-experiment';
import { given, wholeWithin } from './run-settings';

export const compareCommand: Command = {
  name: 'compare',
  summary: 'run the same tasks on several executors in turn, and say which is faster and how sure that is',
  argument: SUBJECT_ARGUMENT,
  options: {
    executors: { value: 'A,B,…', summary: 'executors to compare (default: all available)' },
    workers: { value: 'N', summary: 'workers of each (default: what this machine can give); sequential has one' },
    rounds: { value: 'N', summary: 'measure exactly this many rounds (default: until the ratios are stable)' },
    tasks: { value: 'N', summary: 'tasks of one round (default: enough for a long round)' },
    ...SUBJECT_OPTIONS,
    ...outputOptions({ csv: 'rounds', samples: 'contenders' }),
    ...BASELINE_OPTIONS,
  },
  notes: [
    'Rounds go on until the 95 % interval of every ratio to its baseline is within 2.5 %, or a limit is reached; which one it\nwas is said. Ctrl-C ends it: what was measured is kept. A second Ctrl-C ends at once.',
    'Exit code 1 with --fail-if-slower only where the whole 95 % interval lies beyond it: docs/ci.md.',
    'Every report is kept in the data folder (CORELOOM_HOME sets another).',
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
  const settings = readSettings(line);
  const baseline = await readBaseline(line, settings, context.terminal);
  return runExperiment({ kind: 'compare', ...(baseline?.settings ?? settings) }, line, context, baseline?.gate);
}

function readSettings(line: Line): CompareSettings {
  return {
    ...readExperimentSubject(line),
    workers: given(line, 'workers', wholeWithin(LIMITS.compareWorkers)),
    rounds: given(line, 'rounds', wholeWithin(LIMITS.compareRounds)),
    tasks: given(line, 'tasks', wholeWithin(LIMITS.roundTasks)),
  };
}
