export { MAX_REPORT_BYTES, parseReport, parseReportText, summarize } from './parse';
export {
  checkFormat,
  contentOf,
  formatForPath,
  NO_PRINTER,
  renderReport,
  renderText,
  REPORT_RENDERERS,
  TEXT_FORMATS,
} from './formats';
export { reportJson } from './json';
export { reportJsonSchema } from './json-schema';
export { reportReading } from './reading';
export { reportSchemaOf, reportSummarySchemaOf } from './schema';
export { believable, type Impossible } from './possible';
export { boundedText } from './untrusted';
export { textTable } from './text-table';
export type { ReadableReport, ReportReads } from './reads';
export type { RenderedReport, RenderKit, TextFormat } from './types';
