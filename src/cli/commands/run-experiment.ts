import {
  CoreloomError,
  type EngineClient,
  type ExperimentSettings,
  type MachineInfo,
  type Report,
} from '../../contract';
import { EXIT, type Context, type Line } from '../command';
import { engineDoor } from '../doors';
import { checkTargets, type ReportTarget } from '../report-targets';
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
export function runExperiment(
  settings: ExperimentSettings,
  line: Line,
  context: Context,
  gate: Gate | null = null,
): Promise<number> {
  const { terminal } = context;
  const json = line.has('json');
  const module = 'module' in settings ? settings.module : undefined;
  return measure(
    { kind: settings.kind, module, line, context },
    {
      async settings(client) {
        const warnings = gate === null ? [] : gate.check((await client.call('getState', null)).machine);
        for (const warning of warnings) terminal.err(`coreloom: ${warning}\n`);
        return settings;
      },
      async conclude(report, targets) {
        const code = await concludeRun({ report, targets, json, terminal });
        if (gate === null || (code !== EXIT.done && report.outcome !== 'tasks-failed')) return code;
        const { text, failed } = gate.judge(report);
        // Standard output is the report alone where it is JSON.
        if (json) terminal.err(text);
        else terminal.out(`\n${text}`);
        return failed ? EXIT.failed : code;
      },
    },
  );
}

interface Asked {
  kind: ExperimentSettings['kind'];
  /** The file of the user's own that it runs. */
  module: string | undefined;
  line: Line;
  context: Context;
}

interface Steps {
  /** What is to be measured, once there is an engine to ask. */
  settings(client: EngineClient): Promise<ExperimentSettings>;
  /** Answers the exit code. */
  conclude(report: Report, targets: readonly ReportTarget[]): Promise<number>;
}

/** Opens an engine, runs an experiment on it, and concludes with its report; answers the exit code. */
export async function measure({ kind, module, line, context }: Asked, steps: Steps): Promise<number> {
  const targets = await checkTargets(line.all('report'), kind);
  const { inProcessClient } = await engineDoor();
  const engine = await context.openEngine('terminal', {
    python: line.text('python'),
    modules: module === undefined ? undefined : trusting(module),
  });
  try {
    if (context.interrupt.requested) return EXIT.interrupted;
    const client = inProcessClient(engine);
    const settings = await steps.settings(client);
    const shown = line.has('no-live') ? 'plain-lines' : line.has('live') ? 'picture' : null;
    const options = { settings, linesToError: line.has('json'), shown } as const;
    const { reportId } = await watchExperiment(client, context, options);
    if (reportId === null) throw new CoreloomError('internal', 'The experiment ended without a report.');
    return await steps.conclude(await client.call('getReport', { id: reportId }), targets);
  } finally {
    await engine.close();
  }
}
