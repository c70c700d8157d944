import { CoreloomError, type ExperimentSettings } from '../../contract';
import { inProcessClient } from '../../engine';
import { EXIT, type Context } from '../command';
import type { Line } from '../parse';
import { checkTargets } from '../report-targets';
import { concludeRun } from './conclude';
import { trusting } from './trusting';
import { watchExperiment } from './watch-experiment';

/** Runs an experiment of any kind from its settings to its report, and answers the exit code. */
export async function runExperiment(settings: ExperimentSettings, line: Line, context: Context): Promise<number> {
  const targets = await checkTargets(line.all('report'), settings.kind);
  const module = 'module' in settings ? settings.module : undefined;
  const engine = context.openEngine('terminal', { python: line.text('python'), modules: module === undefined ? undefined : trusting(module) });
  try {
    if (context.interrupt.requested) return EXIT.interrupted;
    const client = inProcessClient(engine);
    const ended = await watchExperiment(client, context, settings);
    if (ended.reportId === null) throw new CoreloomError('internal', 'The experiment ended without a report.');
    const report = await client.call('getReport', { id: ended.reportId });
    return await concludeRun({ report, targets, json: line.has('json'), terminal: context.terminal });
  } finally {
    await engine.close();
  }
}
