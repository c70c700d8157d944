import { CoreloomError, errorInfo, EXECUTORS, MAX_WORKERS, type CompareSettings, type CompareState, type EngineClient, type ExecutorName } from '../../contract';
import { inProcessClient } from '../../engine';
import { checkSize, findWorkload } from '../../engine/workload/registry';
import { EXIT, type Command, type Context } from '../command';
import { compareLine } from '../compare-progress';
import { createLiveLine } from '../live-line';
import { UsageError, type Line } from '../parse';
import { checkTargets } from '../report-targets';
import { suggest } from '../suggest';
import { tellWarning } from '../warnings';
import { concludeRun } from './conclude';
import { exclusive, given, readStartMethod, readWorkloadSettings, wholeFrom } from './run-settings';
import { parsePositive } from '../values';

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
  const targets = await checkTargets(line.all('report'));
  const engine = context.openEngine('terminal', { python: line.text('python') });
  try {
    if (context.interrupt.requested) return EXIT.interrupted;
    const client = inProcessClient(engine);
    const ended = await watchCompare(client, context, settings);
    if (ended.reportId === null) throw new CoreloomError('internal', 'The comparison ended without a report.');
    const report = await client.call('getReport', { id: ended.reportId });
    return await concludeRun({ report, targets, json: line.has('json'), terminal: context.terminal });
  } finally {
    await engine.close();
  }
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

/** Starts a comparison, shows it while it is on, ends it when the user asks; answers its last state. */
async function watchCompare(client: EngineClient, { terminal, interrupt }: Context, settings: CompareSettings): Promise<CompareState> {
  const live = createLiveLine(terminal);
  let unsubscribe = (): void => {};
  const ended = new Promise<CompareState>((resolve) => {
    unsubscribe = client.on((event) => {
      if (event.type === 'comparison-changed') live.show(compareLine(event.comparison, terminal.columns));
      if (event.type === 'comparison-ended') resolve(event.comparison);
      if (event.type === 'warning') tellWarning(event.warning, interrupt, (sentence) => {
        live.above(() => {
          terminal.err(sentence);
        });
      });
    });
  });
  try {
    await client.call('startCompare', settings);
    void interrupt.wanted.then(() => {
      // It may have ended by itself in this very moment.
      client.call('stopCompare', null).catch((error: unknown) => {
        const { code, message } = errorInfo(error);
        if (code !== 'no-run') terminal.err(`coreloom: ${message}\n`);
      });
    });
    return await ended;
  } finally {
    unsubscribe();
    live.end();
  }
}
