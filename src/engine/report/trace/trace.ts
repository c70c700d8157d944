import { asJson, CoreloomError } from '../../../contract';
import type { ReadableReport } from '../reads';

/** Said of a report that keeps no times of its tasks. */
export const NO_TRACE =
  'A trace shows when each task ran, which only live runs keep: run the workload with coreloom run, and export that report as a trace.';

/** The object form of the Trace Event Format, one event a line; chrome://tracing and ui.perfetto.dev open it. */
export function reportTrace({ report, reads }: ReadableReport): string {
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
