import type { CompareReport } from './compare';
import type { Estimate } from './estimate';
import type { ExecutorKey } from './executors';
import type { LabReport } from './lab';
import type { ExperimentProgress } from './progress';
import type { PythonChoice, PythonUsed } from './python';
import type { ReportBase } from './report-base';

/** What is said of threads and processes, in the order of the card. */
export const CLAIMS = [
  'execution',
  'memory',
  'memory-cost',
  'io-bound',
  'cpu-bound',
  'lock',
  'races',
  'ipc-needed',
  'hand-over',
  'start-up',
  'gain',
] as const;
export type ClaimName = (typeof CLAIMS)[number];

/** What a scorecard is asked to do. */
export interface ScorecardSettings {
  /** Under two minutes on two idle cores; intervals are wider. */
  quick?: boolean | undefined;
  python?: PythonChoice | undefined;
  seed?: number | undefined;
}

/** Settings as they were resolved. */
export interface ResolvedScorecardSettings {
  quick: boolean;
  /** Workers of each comparison. */
  workers: number;
  seed: number;
  python: PythonUsed | null;
}

/** Whether a claim holds on this machine: called by intervals, and else not shown. */
export type Holds = 'yes' | 'no' | 'not-shown';

/** One experiment that the scorecard is made of. */
export interface ScorecardPartState {
  title: string;
  state: 'waiting' | 'measuring' | 'measured' | 'failed';
}

/** The state of a scorecard, at every step. */
export interface ScorecardState extends ExperimentProgress {
  kind: 'scorecard';
  settings: ResolvedScorecardSettings;
  parts: ScorecardPartState[];
  /** Claims, as far as they can be judged by what is measured so far. */
  rows: ScorecardRow[];
}

/** Every claim held against what was measured here. */
export interface ScorecardReport extends ReportBase {
  kind: 'scorecard';
  settings: ResolvedScorecardSettings;
  rows: ScorecardRow[];
  /** The reports of the experiments that it was made of, whole. */
  evidence: (LabReport | CompareReport)[];
}

export interface ScorecardRow {
  claim: ClaimName;
  /** Two words: `CPU-bound work`. */
  title: string;
  /** What is said, in a sentence. */
  said: string;
  /** Of which language it is said; `holds` is judged by that. */
  of: 'python' | 'both';
  /** What was measured on threads and on processes, each line a figure with its interval. */
  threads: ScorecardFigure[];
  processes: ScorecardFigure[];
  /** Which lab or comparison, and of what. */
  measuredBy: string;
  holds: Holds;
  /** By language, with the reason. */
  judged: { language: 'node' | 'python'; holds: Holds; why: string }[];
}

/** A figure in words, with its value where it is a number. */
export interface ScorecardFigure {
  executor: ExecutorKey;
  /** `Python 0.97 × [0.95, 0.99] at 4`. */
  text: string;
  estimate: Estimate | null;
}
