import type { FigureUnit } from './figures';
import type { MachineInfo, ReportSummary } from './schemas';
import type { ReportFormat } from './formats';

/** What people wrote on a report; it lies beside the report and changes nothing that was measured. */
export interface ReportLabel {
  title: string | null;
  note: string | null;
}

/** A saved report in the history. */
export interface SavedReport extends ReportSummary, ReportLabel {}

/** A part of the saved reports. */
export interface ReportList {
  reports: SavedReport[];
  /** How many fit the query, listed here or not. */
  found: number;
  /** How many there are. */
  saved: number;
  /** Files among the saved reports that could not be read, each with a sentence. */
  broken: { file: string; message: string }[];
}

export interface ImportResult {
  /** `known`: the very same report was there already, and nothing was stored. */
  state: 'imported' | 'known';
  report: SavedReport;
}

/** A report in words, ready to be shown: what every readable format says, without its longest lists. */
export interface ReportReading {
  saved: SavedReport;
  /** What was measured and who did it: `SHA-256`, `6 threads`. */
  subject: string;
  who: string;
  failure: string | null;
  warnings: string[];
  keys: { label: string; value: string; note: string }[];
  tables: ReadingTable[];
  /** What it can be exported as. */
  formats: ReportFormat[];
}

/** The first column names the row. */
interface ReadingTable {
  title: string;
  note?: string | undefined;
  head: string[];
  rows: string[][];
  /** Rows that were left out at the end. */
  more: number;
}

/**
 * How far the same program may be off from one run to the next on the same quiet machine, as a share of its time: where
 * its memory lies, what its compiler chose, the clock of the cores. No interval from within one run holds it.
 */
export const RUN_TO_RUN = 0.05;

/** Why less is called between reports than within one. */
export const RUN_TO_RUN_WORDS = `Rounds of different runs are not paired, as those of one comparison are: the values of each run are resampled by themselves, and intervals cover variation within each run, not between runs. So a difference is called only beyond ${String(RUN_TO_RUN * 100)} % (more if workers waited for a core), and never if that wait explains it.`;

/** Two to four reports side by side. */
export interface ReportComparison {
  reports: ComparedReport[];
  /** What makes a comparison mean little; empty where machine, settings and versions are alike. */
  flags: ComparisonFlag[];
  figures: ComparedFigure[];
}

interface ComparedReport extends SavedReport {
  machine: MachineInfo;
}

/** A respect in which one report is unlike the first. */
export interface ComparisonFlag {
  /** Place of the report in the list, from 1 up. */
  report: number;
  about: 'kind' | 'workload' | 'settings' | 'machine' | 'versions' | 'outcome';
  message: string;
}

/** One figure of every report that has it. */
export interface ComparedFigure {
  /** Whose it is: an executor or contender by its name. */
  of: string;
  name: string;
  unit: FigureUnit;
  better: 'lower' | 'higher' | null;
  /** One entry a report; null where it has no such figure. */
  values: (number | null)[];
  /** Each value ÷ the first report's; null for the first itself and where one of the two is missing. */
  changes: (FigureChange | null)[];
}

export interface FigureChange {
  ratio: number;
  /** 95 %, from the raw values of both; null where the reports keep none. */
  interval: { low: number; high: number } | null;
  /** `no-difference`: not beyond what differs from run to run; `unlike-load`: others had the cores in one of the two; `not-shown`: too few raw values. */
  verdict: 'lower' | 'higher' | 'no-difference' | 'unlike-load' | 'not-shown';
}
