import { EXECUTORS, isExecutorKey, LIMITS, type CompareSettings, type ExecutorKey } from '../../contract';
import { checkSize, findWorkload } from '../../engine/workload/registry';
import type { Option, Line } from '../command';
import { UsageError } from '../parse';
import { suggest } from '../suggest';
import { parsePositive, parseTaskMs } from '../values';
import { exclusive, given, readStartMethod, readSubject, readWorkloadSettings, wholeWithin } from './run-settings';

/** Which Python takes part. */
export const PYTHON_OPTIONS = {
  python: { value: 'PATH', summary: 'the Python to use (default: the first that is found)' },
  'python-start': {
    value: 'METHOD',
    summary: 'how Python starts processes: fork, forkserver or spawn (default: its own)',
  },
} satisfies Record<string, Option>;

/** What everything that runs one workload can be told, beside its own options. */
export const SUBJECT_OPTIONS = {
  ...PYTHON_OPTIONS,
  size: { value: 'N', summary: 'size of one task, in the workload’s own unit' },
  'task-ms': { value: 'MS', summary: 'wanted length of one task; its size is calibrated on this machine' },
  set: {
    value: 'NAME=N',
    summary: 'a setting of the workload, such as delayMs=20; coreloom workloads lists them',
    multiple: true,
  },
  deadline: { value: 'TIME', summary: 'how long one task of a file of your own may run (default: 30s)' },
  seed: { value: 'N', summary: 'seed of inputs, order and resampling (default: random)' },
} satisfies Record<string, Option>;

/** Where the report goes; `csv` and `samples` say what is in those two tables. */
export const outputOptions = ({ csv, samples }: { csv: string; samples: string }) =>
  ({
    report: {
      value: 'FILE',
      summary: `also write it here: .json, .csv (${csv}), .samples.csv (${samples}), .md, .html or .pdf`,
      multiple: true,
    },
    json: { summary: 'print the report alone, as JSON, on standard output' },
  }) satisfies Record<string, Option>;

/** What a command that takes a workload takes. */
export const SUBJECT_ARGUMENT = {
  name: 'workload',
  summary: 'coreloom workloads lists them; a path names a file of your own.',
};

/** What the command line says of the workload or file and of who runs it. Throws `UsageError`, `unknown-workload`, `bad-input`. */
export function readExperimentSubject(
  line: Line,
): Pick<
  CompareSettings,
  'workload' | 'module' | 'deadlineMs' | 'executors' | 'size' | 'workloadSettings' | 'taskMs' | 'python' | 'seed'
> {
  exclusive(line, 'size', 'task-ms');
  const subject = readSubject(line);
  const size = given(line, 'size', parsePositive);
  if (subject.module === undefined) {
    const workload = findWorkload(subject.workload);
    if (size !== undefined) checkSize(workload, size);
  }
  return {
    ...subject,
    executors: given(line, 'executors', parseExecutors),
    size,
    workloadSettings: readWorkloadSettings(line),
    taskMs: given(line, 'task-ms', parseTaskMs),
    python: readStartMethod(line),
    seed: given(line, 'seed', wholeWithin(LIMITS.seed)),
  };
}

function parseExecutors(option: string, text: string): ExecutorKey[] {
  return text.split(',').map((typed) => {
    const name = typed.trim();
    if (isExecutorKey(name)) return name;
    const near = suggest(name, EXECUTORS);
    throw new UsageError(
      `--${option} names "${name}", which is no executor${near === null ? '.' : `: did you mean ${near}?`} There are ${EXECUTORS.join(', ')}.`,
    );
  });
}
