import type { Report, ReportList, ReportSummary } from '../../contract';

/** Saved reports on disk, one file each, written atomically. */
export interface ReportStore {
  readonly folder: string;
  /** Errors: `not-writable`, `disk-full`. */
  save(report: Report): Promise<{ path: string }>;
  /** Newest first; files that cannot be read are listed as broken and lose nothing else. */
  list(): Promise<ReportList>;
  /** Errors: `report-not-found`, `report-broken`. */
  load(id: string): Promise<Report>;
}

/** How reports become text and back; handed in, since the store knows files and not what is in them. */
export interface ReportCodec {
  /** Files above this are refused unread. */
  readonly maxBytes: number;
  serialize(report: Report): string;
  /** Throws `report-broken`. */
  parse(text: string): Report;
  summarize(report: Report): ReportSummary;
  isSummary(value: unknown): value is ReportSummary;
}
