import type { Report, ReportLabel, ReportSummary, SavedReport } from '../../contract';

/** Every saved report, newest first, and the files that could not be read. */
export interface SavedReports {
  reports: SavedReport[];
  broken: { file: string; message: string }[];
}

/** Saved reports on disk, one file each, written atomically. */
export interface ReportStore {
  readonly folder: string;
  /** Errors: `not-writable`, `disk-full`. */
  save(report: Report): Promise<{ path: string }>;
  /** Saves a report from elsewhere, unless there is one of its id: then false. Errors: `not-writable`, `disk-full`. */
  add(report: Report): Promise<boolean>;
  /**
   * Keeps the report of an experiment that is on, as interrupted, until it is saved: if this process ends before that,
   * the next one that uses these reports saves it. Errors: `not-writable`, `disk-full`.
   */
  draft(report: Report): Promise<void>;
  /** Saves what experiments measured whose process ended before they did; answers those that this store saved. Never rejects. */
  recover(): Promise<ReportSummary[]>;
  /** Refuses a place that takes no report, before something is measured. Errors: `not-writable`, `disk-full`. */
  check(): Promise<void>;
  /** Newest first; files that cannot be read are listed as broken and lose nothing else. */
  list(): Promise<SavedReports>;
  /** Errors: `report-not-found`, `report-broken`. */
  load(id: string): Promise<Report>;
  /** What was written on a report. */
  label(id: string): Promise<ReportLabel>;
  /** Writes on a report, whole or broken. Errors: `report-not-found`, `not-writable`, `disk-full`. */
  relabel(id: string, change: Partial<ReportLabel>): Promise<void>;
  /** Moves a report, whole or broken, to the trash. Errors: `report-not-found`, `not-writable`. */
  remove(id: string): Promise<void>;
  /** Takes it out again. Errors: `report-not-found`, `bad-input` (its place is taken), `not-writable`. */
  restore(id: string): Promise<void>;
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
