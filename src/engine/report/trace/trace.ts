import { asJson, CoreloomError } from '../../../contract';
import type { ReadableReport, ReportReads } from '../reads';
import type { TextRenderer } from '../types';

const NO_TRACE =
  'A trace shows when each task ran, which only live runs keep: run the workload with coreloom run, and export that report as a trace.';

/** Why there is no trace of such a report; null where there is one. */
function refuses({ trace }: ReportReads): string | null {
  return trace === undefined ? NO_TRACE : null;
}

/** The object form of the Trace Event Format, one event a line; chrome://tracing and ui.perfetto.dev open it. */
function reportTrace({ report, reads }: ReadableReport): string {
  if (reads.trace === undefined) throw new CoreloomError('report-format', NO_TRACE);
  const { about, events, leftOut, leftOutInWords } = reads.trace(report);
  const { id, startedAt, machine, createdBy, finding } = report;
  const metadata = {
    'trace-of': `Coreloom ${createdBy.coreloom}, report ${id}`,
    ...about,
    startedAt,
    finding,
    cpu: machine.cpuModel,
    hardwareThreads: machine.hardwareThreads,
    leftOut,
    leftOutInWords,
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
