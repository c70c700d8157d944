import {
  EXECUTORS,
  formatFacts,
  isExecutorKey,
  LIMITS,
  REPORT_FORMATS,
  type CompareSettings,
  type ExecutorKey,
} from '../../contract';
import type { Option, Line } from '../command';
import { engineDoor } from '../doors';
import { UsageError } from '../parse';
import { suggest } from '../suggest';
import { parsePositive, parseTaskMs } from '../values';
import { exclusive, given, readStartMethod, readSubject, readWorkloadSettings, wholeWithin } from './run-settings';

/** Which Python takes part. */
export const PYTHON_OPTIONS = {
  python: { value: 'PATH', summary: 'the Python to use (default: the first that is found)' },
  'python-start': {
    value: 'METHOD',
    summary: 'how Python starts processes: fork, forkserver or spawn (default: Python’s own default)',
  },
} satisfies Record<string, Option>;

/** What everything that runs one workload can be told, beside its own options. */
export const SUBJECT_OPTIONS = {
  ...PYTHON_OPTIONS,
  size: { value: 'N', summary: 'size of one task, in the workload’s own unit' },
  'task-ms': { value: 'MS', summary: 'target length of one task, in ms; the size is calibrated on this machine' },
  set: {
    value: 'NAME=N',
    summary: 'a workload setting, such as delayMs=20 (coreloom workloads lists them)',
    multiple: true,
  },
  deadline: { value: 'TIME', summary: 'deadline of one task of your module (default: 30s)' },
  seed: { value: 'N', summary: 'seed of inputs, order and resampling (default: random)' },
} satisfies Record<string, Option>;

const JSON_OPTION: Option = { summary: 'print only the report, as JSON, to standard output' };

/** Among the notes of every command that makes a report. */
export const SAVED_NOTE = 'Every report is saved in the data folder (set CORELOOM_HOME to use another folder).';

/**
 * Where the report goes; `csv` and `samples` say what is in those two tables, `taskTimes` whether it keeps the times of
 * single tasks.
 */
export const outputOptions = ({
  taskTimes = false,
  ...tables
}: {
  csv: string;
  samples?: string;
  taskTimes?: boolean;
}) => {
  const within: Readonly<Record<string, string | undefined>> = { '.csv': tables.csv, '.samples.csv': tables.samples };
  const endings = REPORT_FORMATS.map(formatFacts)
    .filter(({ needsTaskTimes }) => taskTimes || !needsTaskTimes)
    .map(({ endings: [ending] }) => (within[ending] === undefined ? ending : `${ending} (${within[ending]})`));
  return {
    report: {
      value: 'FILE',
      summary: `also write it here: ${endings.slice(0, -1).join(', ')} or ${endings.at(-1) ?? ''}`,
      multiple: true,
    },
    json: JSON_OPTION,
  } satisfies Record<string, Option>;
};

/** What a command that takes a workload takes. */
export const SUBJECT_ARGUMENT = {
  name: 'workload',
  summary: 'The name of a workload (coreloom workloads lists them), or the path of your module.',
};

/** What the command line says of the workload or file and of who runs it. Throws `UsageError`, `unknown-workload`, `bad-input`. */
export async function readExperimentSubject(
  line: Line,
): Promise<
  Pick<
    CompareSettings,
    'workload' | 'module' | 'deadlineMs' | 'executors' | 'size' | 'workloadSettings' | 'taskMs' | 'python' | 'seed'
  >
> {
  exclusive(line, 'size', 'task-ms');
  const subject = readSubject(line);
  const size = given(line, 'size', parsePositive);
  const workloadSettings = readWorkloadSettings(line);
  if (subject.module === undefined)
    (await engineDoor()).checkWorkload({ workload: subject.workload, size, workloadSettings });
  return {
    ...subject,
    executors: given(line, 'executors', parseExecutors),
    size,
    workloadSettings,
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
      `--${option}: "${name}" is not an executor${near === null ? '.' : `; did you mean ${near}?`} The executors are ${EXECUTORS.join(', ')}.`,
    );
  });
}
