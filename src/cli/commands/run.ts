import { failedSentence, MODULE_ENDINGS, type EngineClient, type SettingsOf, type TaskCounts } from '../../contract';
import type { Command, Context, Line } from '../command';
import { engineDoor } from '../doors';
import { UsageError } from '../parse';
import type { Terminal } from '../terminal';
import { parseAllowance, type Allowance } from '../values';
import { concludeRun } from './conclude';
import { outputOptions, SAVED_NOTE, SUBJECT_ARGUMENT, SUBJECT_OPTIONS } from './experiment-settings';
import { measure } from './run-experiment';
import { exclusive, given, readSettings, WORKER_OPTIONS, type TypedSettings } from './run-settings';

export const runCommand: Command = {
  name: 'run',
  summary: 'run a workload, or your own module, on threads and processes, and report what was measured',
  argument: SUBJECT_ARGUMENT,
  options: {
    ...WORKER_OPTIONS,
    duration: { value: 'TIME', summary: 'stop after this time: 500ms, 10s, 2m' },
    tasks: { value: 'N', summary: 'stop after this many tasks' },
    'allow-failures': {
      value: 'N',
      summary: 'exit with code 0 if no more than this many tasks failed: 5, or 2% of all',
    },
    ...SUBJECT_OPTIONS,
    seed: { value: 'N', summary: 'seed of the generated inputs (default: random)' },
    live: { summary: 'draw cores, workers and throughput while it runs (default in a terminal)' },
    'no-live': { summary: 'print a plain line every 5 s instead, also without a terminal' },
    ...outputOptions({ csv: 'tasks', taskTimes: true }),
  },
  notes: [
    `To run your own module, give its path, such as ./task.ts (${MODULE_ENDINGS.join(', ')}).\nIt exports task(input, context); coreloom new creates an example.\nRun only modules that you trust: they can do anything that you can do.`,
    'Without --duration or --tasks, a run lasts until Ctrl-C; without a terminal, one of the two is required.\nCtrl-C stops a run and saves its report, marked cancelled. A second Ctrl-C quits at once.',
    'The live picture goes to standard error and needs a terminal of at least 60 columns and 16 rows;\nin a smaller one, a line is drawn. CORELOOM_PLAIN=1 prints plain lines in every command, for screen readers.\nNO_COLOR and FORCE_COLOR are respected.',
    'The exit code is 1 if a task failed, unless --allow-failures permits it, and always if no task succeeded.',
    SAVED_NOTE,
  ],
  examples: [
    'coreloom run sha256 --threads 2 --processes 2 --duration 10s --report out.html',
    'coreloom run primes --processes 4 --task-ms 4 --tasks 5000 --json > report.json',
    'coreloom run http --threads 8 --set delayMs=20 --duration 10s',
    'coreloom run primes --python-threads 2 --python-processes 2 --duration 10s',
    'coreloom new task.ts && coreloom run ./task.ts --threads 2 --processes 2 --duration 10s',
    'coreloom run count --threads 2 --tasks 2',
  ],
  run,
};

async function run(line: Line, context: Context): Promise<number> {
  const typed = readSettings(line);
  exclusive(line, 'live', 'no-live');
  const { checkWorkload } = await engineDoor();
  if (typed.module === undefined) checkWorkload(typed);
  refuseEndless(typed, context);
  const allowance = given(line, 'allow-failures', parseAllowance);
  const { terminal } = context;
  return measure(
    { kind: 'live', module: typed.module, line, context },
    {
      settings: (client) => resolve(typed, client),
      async conclude(report, targets) {
        const conclusion = { report, targets, json: line.has('json'), terminal };
        if (allowance === undefined || report.kind !== 'live' || report.outcome !== 'tasks-failed')
          return concludeRun(conclusion);
        const accepted = allows(allowance, report.totals.counts);
        const code = await concludeRun({ ...conclusion, accepted });
        sayAllowance(report.totals.counts, { line, accepted, terminal });
        return code;
      },
    },
  );
}

function refuseEndless({ durationMs, tasks }: TypedSettings, { terminal }: Context): void {
  if (durationMs !== undefined || tasks !== undefined || terminal.attended) return;
  throw new UsageError(
    'Set an end with --duration 10s or --tasks 1000: without a terminal, Ctrl-C cannot stop the run.',
  );
}

async function resolve(typed: TypedSettings, client: EngineClient): Promise<SettingsOf<'live'>> {
  if (typed.workers !== null) return { kind: 'live', ...typed, workers: typed.workers };
  const { defaults } = (await client.call('getState', null)).sliders;
  const python = typed.module !== undefined && /\.py$/i.test(typed.module);
  return { kind: 'live', ...typed, workers: python ? defaults.python : defaults.node };
}

function allows(allowance: Allowance, { done, failed }: TaskCounts): boolean {
  if ('tasks' in allowance) return failed <= allowance.tasks;
  // 57 of 10,000 are 0.57 %, also in binary fractions.
  return failed * 100 <= allowance.percent * (done + failed) * (1 + Number.EPSILON * 4);
}

/** On standard error where it is why the command fails, or where standard output is the report alone. */
function sayAllowance(
  counts: TaskCounts,
  { line, accepted, terminal }: { line: Line; accepted: boolean; terminal: Terminal },
): void {
  const allowed = `--allow-failures ${line.text('allow-failures') ?? ''}`;
  const failed = failedSentence(counts).replace(/\.$/, '');
  if (!accepted) terminal.err(`coreloom: ${failed}, more than ${allowed} allows.\n`);
  else if (line.has('json')) terminal.err(`coreloom: ${failed}, as ${allowed} allows.\n`);
  else terminal.out(`${failed}, as ${allowed} allows.\n`);
}
