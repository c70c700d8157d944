import type { ReportFormat } from '../../contract';

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

/** Formats that the engine renders by itself. */
export type TextFormat = Exclude<ReportFormat, 'pdf'>;
