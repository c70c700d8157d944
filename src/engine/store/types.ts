import type { Report, ReportList } from '../../contract';

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
