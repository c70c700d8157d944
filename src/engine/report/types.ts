import type { Report, ReportFormat, ReportKind } from '../../contract';

/** A rendered report; whoever asked writes it. */
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
  /** Why a report of this kind cannot be kept in this format; null where it can. */
  refuses?(kind: ReportKind): string | null;
  render(report: Report, kit: RenderKit): Content;
}

/** Formats that the engine renders by itself. */
export type TextFormat = Exclude<ReportFormat, 'pdf'>;
export type TextRenderer = ReportRenderer<TextFormat, string> & { render(report: Report): string };
