import type { ReportFormat } from '../../contract';
import type { ReadableReport, ReportReads } from './reads';

/** A rendered report; the caller writes it. */
export interface RenderedReport {
  fileName: string;
  mediaType: string;
  content: string | Uint8Array;
}

/** What a format may need that the engine has not. */
export interface RenderKit {
  /** Prints a page as PDF. Errors: `not-available`. */
  printPdf(page: string): Promise<Uint8Array>;
}

export interface ReportRenderer<Format extends ReportFormat = ReportFormat, Content = string | Promise<Uint8Array>> {
  format: Format;
  /** As shown: `CSV (tasks)`. */
  title: string;
  /** With the dot; the first is the default: `.html`, `.htm`. */
  extensions: string[];
  mediaType: string;
  /** Why reports that read so cannot be kept in this format; null where they can. */
  refuses?(reads: ReportReads): string | null;
  render(report: ReadableReport, kit: RenderKit): Content;
}

/** Formats that the engine renders by itself. */
export type TextFormat = Exclude<ReportFormat, 'pdf'>;
export type TextRenderer = ReportRenderer<TextFormat, string> & { render(report: ReadableReport): string };
