import { CoreloomError, type ExperimentSettings, type MachineInfo, type Report } from '../../contract';
import { EXIT, type Context, type Line } from '../command';
import { engineDoor } from '../doors';
import { checkTargets } from '../report-targets';
import { concludeRun } from './conclude';
import { trusting } from './trusting';
import { watchExperiment } from './watch-experiment';

/** What stands between a measurement and exit code 0. */
export interface Gate {
  /** Before anything is measured: throws where that would be for nothing; answers sentences to warn of. */
  check(machine: MachineInfo): string[];
  judge(report: Report): { text: string; failed: boolean };
}

/** Runs an experiment of any kind from its settings to its report, and answers the exit code. */
export async function runExperiment(
  settings: ExperimentSettings,
  line: Line,
  context: Context,
  gate: Gate | null = null,
): Promise<number> {
  const targets = await checkTargets(line.all('report'), settings.kind);
  const module = 'module' in settings ? settings.module : undefined;
  const { inProcessClient } = await engineDoor();
  const engine = await context.openEngine('terminal', {
    python: line.text('python'),
    modules: module === undefined ? undefined : trusting(module),
  });
  try {
    if (context.interrupt.requested) return EXIT.interrupted;
    const client = inProcessClient(engine);
    const warnings = gate === null ? [] : gate.check((await client.call('getState', null)).machine);
    for (const warning of warnings) context.terminal.err(`coreloom: ${warning}\n`);
    const ended = await watchExperiment(client, context, settings);
    if (ended.reportId === null) throw new CoreloomError('internal', 'The experiment ended without a report.');
    const report = await client.call('getReport', { id: ended.reportId });
    const code = await concludeRun({ report, targets, json: line.has('json'), terminal: context.terminal });
    if (gate === null || (code !== EXIT.done && report.outcome !== 'tasks-failed')) return code;
    const { text, failed } = gate.judge(report);
    // Standard output is the report alone where it is JSON.
    if (line.has('json')) context.terminal.err(text);
    else context.terminal.out(`\n${text}`);
    return failed ? EXIT.failed : code;
  } finally {
    await engine.close();
  }
}
