import type { Report, ReportFormat } from '../../contract';

/** A rendered report; whoever asked writes it. */
export interface RenderedReport {
  fileName: string;
  mediaType: string;
  text: string;
}

export interface ReportRenderer {
  format: ReportFormat;
  /** As shown: `CSV (tasks)`. */
  title: string;
  /** With the dot; the first is the default: `.html`, `.htm`. */
  extensions: string[];
  mediaType: string;
  render(report: Report): string;
}
