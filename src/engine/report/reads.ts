import type { z } from 'zod';
import type { Report, ReportSummary } from '../../contract';
import type { Fields } from './fields';
import type { Markup } from './html/markup';
import type { Impossible } from './possible';
import type { KeyNumber, ReportTable } from './tables';
import type { TraceEvent } from './trace/event';

/** A value of a CSV table; null and undefined are values that are not available. */
export type Cell = string | number | null | undefined;

/** What a report says, in words and in order: every readable format draws this, whatever was measured. */
export interface ReportView {
  /** Who did the work: `6 threads · 4 processes`. */
  who: string;
  keys: KeyNumber[];
  /** Tables that are always open, those without a row left out. */
  main: ReportTable[];
  /** How it was made and on what. */
  setup: ReportTable[];
  /** Long lists, those without a row left out. */
  lists: ReportTable[];
}

/** A report as events over time. */
interface ReportTrace {
  /** What was done. */
  about: Readonly<Record<string, unknown>>;
  events: TraceEvent[];
  /** What there was no room for, and the same as a sentence. */
  leftOut: object;
  leftOutInWords: string;
}

/** How the reports of one kind read: all that formats, history and terminal ask of it. */
export interface ReportReads<R extends Report = Report> {
  /** The shape of its reports. */
  readonly schema: z.ZodType<R>;
  /** What a report is about: a name for files, and a title. */
  subject(report: R): { name: string; title: string };
  view(report: R): ReportView;
  /** Pictures of the HTML page. */
  pictures(report: R): (Markup | null)[];
  /** CSV: its finest values, such as each task or each round. */
  finest(report: R): Iterable<Cell[]>;
  /** CSV: what was summed up, such as each contender or each worker count. */
  summed(report: R): Iterable<Cell[]>;
  /** When each task ran; undefined if its reports do not keep that. */
  trace?(report: R): ReportTrace;
  /** A screenful for the terminal: the finding first. */
  summary(report: R): string;
  /** What its line in the history says beside what every report has. */
  line(report: R): Pick<ReportSummary, 'workers' | 'throughputPerSecond'>;
  /** Its values that cannot be. */
  impossible(report: R): Impossible[];
  /**
   * A report of its kind that an earlier version wrote, as the version after that writes it, where that differs in what is its own;
   * nothing has been checked. What all kinds have in common, and `schemaVersion`, is seen to elsewhere. Default: no version changed it.
   */
  upgrade?(report: Fields, from: number): Fields;
}

/** How each kind's reports read, by the kind's name. */
export type ReadsByKind = Readonly<Record<string, ReportReads>>;

/** A report, and how it reads. */
export interface ReadableReport {
  report: Report;
  reads: ReportReads;
}
