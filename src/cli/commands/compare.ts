import { EXECUTORS, MAX_WORKERS, type CompareSettings, type ExecutorName } from '../../contract';
import { checkSize, findWorkload } from '../../engine/workload/registry';
import type { Command, Context } from '../command';
import { UsageError, type Line } from '../parse';
import { suggest } from '../suggest';
import { parsePositive } from '../values';
import { runExperiment } from './run-experiment';
import { exclusive, given, readStartMethod, readWorkloadSettings, wholeFrom } from './run-settings';

export const compareCommand: Command = {
  name: 'compare',
  summary: 'run the same tasks on several executors in turn, and say which is faster and how sure that is',
  argument: { name: 'workload', summary: 'coreloom workloads lists them.' },
  options: {
    executors: { value: 'A,B,…', summary: 'who is compared; all that can run here where not given' },
    workers: { value: 'N', summary: 'workers of each; what this machine can give where not given. sequential has one' },
    rounds: { value: 'N', summary: 'measure exactly so many rounds; until the ratios are stable where not given' },
    python: { value: 'PATH', summary: 'the Python to use; the first that is found where not given' },
    'python-start': { value: 'METHOD', summary: 'how Python starts processes: fork, forkserver or spawn; its own default where not given' },
    tasks: { value: 'N', summary: 'tasks of one round; chosen to be long enough where not given' },
    size: { value: 'N', summary: 'size of one task, in the workload’s own unit' },
    'task-ms': { value: 'MS', summary: 'wanted length of one task; its size is calibrated on this machine' },
    set: { value: 'NAME=N', summary: 'a setting of the workload, such as delayMs=20; coreloom workloads lists them', multiple: true },
    seed: { value: 'N', summary: 'seed of inputs, order and resampling; random where not given' },
    report: { value: 'FILE', summary: 'also write the report here: .json, .csv (rounds), .samples.csv (contenders), .md or .html', multiple: true },
    json: { summary: 'print the report alone, as JSON, on standard output' },
  },
  notes: [
    'Rounds go on until the 95 % interval of every ratio to its baseline is within 2.5 %, or a limit is reached; which one it\nwas is said. Ctrl-C ends it: what was measured is kept. A second Ctrl-C ends at once.',
    'Every report is kept in the data folder (CORELOOM_HOME sets another).',
  ],
  examples: [
    'coreloom compare primes --workers 2',
    'coreloom compare sha256 --executors sequential,threads --rounds 20 --report compare.html',
  ],
  run,
};

async function run(line: Line, context: Context): Promise<number> {
  const settings = readSettings(line);
  const workload = findWorkload(settings.workload);
  if (settings.size !== undefined) checkSize(workload, settings.size);
  return runExperiment({ kind: 'compare', ...settings }, line, context);
}

function readSettings(line: Line): CompareSettings {
  exclusive(line, 'size', 'task-ms');
  return {
    workload: line.argument ?? '',
    executors: given(line, 'executors', parseExecutors),
    workers: given(line, 'workers', wholeFrom(1, MAX_WORKERS)),
    rounds: given(line, 'rounds', wholeFrom(1, 10_000)),
    tasks: given(line, 'tasks', wholeFrom(1, 1_000_000)),
    size: given(line, 'size', parsePositive),
    workloadSettings: readWorkloadSettings(line),
    taskMs: given(line, 'task-ms', parsePositive),
    python: readStartMethod(line),
    seed: given(line, 'seed', wholeFrom(0, 2 ** 32 - 1)),
  };
}

function parseExecutors(option: string, text: string): ExecutorName[] {
  return text.split(',').map((typed) => {
    const name = EXECUTORS.find((known) => known === typed.trim());
    if (name !== undefined) return name;
    const near = suggest(typed.trim(), EXECUTORS);
    throw new UsageError(`--${option} names "${typed.trim()}", which is no executor${near === null ? '.' : `: did you mean ${near}?`} There are ${EXECUTORS.join(', ')}.`);
  });
}
