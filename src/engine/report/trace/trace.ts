import { asJson, CoreloomError, type Report, type ReportKind } from '../../../contract';
import type { TextRenderer } from '../types';
import { liveTrace, sayLeftOut } from '../../kinds/live/report/trace';

/** Why there is no trace of a report of this kind; null where there is one. */
function refuses(kind: ReportKind): string | null {
  if (kind === 'live') return null;
  return 'A trace shows when each task ran, which only live runs keep: run the workload with coreloom run, and export that report as a trace.';
}

/** The object form of the Trace Event Format, one event a line; chrome://tracing and ui.perfetto.dev open it. */
function reportTrace(report: Report): string {
  if (report.kind !== 'live') throw new CoreloomError('report-format', refuses(report.kind) ?? '');
  const { events, leftOut } = liveTrace(report);
  const { id, startedAt, workload, machine, createdBy, finding, settings } = report;
  const metadata = {
    'trace-of': `Coreloom ${createdBy.coreloom}, report ${id}`,
    workload: workload.title,
    size: settings.size,
    startedAt,
    finding,
    cpu: machine.cpuModel,
    hardwareThreads: machine.hardwareThreads,
    leftOut,
    leftOutInWords: sayLeftOut(leftOut),
  };
  return `{"displayTimeUnit":"ms","metadata":${asJson(metadata)},"traceEvents":[\n${events.map((event) => asJson(event)).join(',\n')}\n]}\n`;
}

export const trace: TextRenderer = {
  format: 'trace',
  title: 'Trace (Perfetto, chrome://tracing)',
  extensions: ['.trace.json'],
  mediaType: 'application/json',
  refuses,
  render: reportTrace,
};
