export { MAX_REPORT_BYTES, isSummary, parseReport, parseReportText, summarize } from './parse';
export { REPORT_RENDERERS, formatForPath, renderReport } from './formats';
export { reportJson } from './json';
export { parseUntrustedReport } from './untrusted';
export type { RenderedReport, ReportRenderer } from './types';
