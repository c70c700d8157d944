export { MAX_REPORT_BYTES, isSummary, parseReport, parseReportText, summarize } from './parse';
export {
  checkFormat,
  contentOf,
  formatForPath,
  NO_PRINTER,
  renderReport,
  REPORT_RENDERERS,
  renderText,
  TEXT_FORMATS,
} from './formats';
export { reportJson } from './json';
export { reportReading } from './reading';
export { believable, impossibilities, type Impossible, type ImpossibleCode } from './possible';
export { parseUntrustedReport } from './untrusted';
export type { RenderedReport, RenderKit, ReportRenderer } from './types';
