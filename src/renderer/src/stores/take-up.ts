import { entriesOf, type Report } from '../../../contract';
import { useExperiment } from './experiment';
import { useModules } from './modules';
import { useRun } from './run';

/** Shows a report in the view of its kind, with its work chosen there, so that it can be repeated. */
export function takeUp(report: Report): void {
  const { settings } = report;
  if ('workload' in settings) {
    useRun().takeTasks(settings);
    if (settings.module !== undefined) void useModules().inspect(settings.module);
  }
  if (report.kind === 'live')
    for (const [executor, workers] of entriesOf(report.settings.workers)) useRun().setCount(executor, workers);
  useExperiment().open(report);
}
