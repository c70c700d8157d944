import {
  EXECUTORS,
  languageOf,
  type CompareReport,
  type ContenderKey,
  type ExecutorKey,
  type LabReport,
  type PythonChoice,
  type SettingsOf,
} from '../../../contract';
import { EXECUTORS_OF, type Evidence } from './evidence';

/** One experiment that the card is made of. */
export interface Part {
  title: string;
  settings: SettingsOf<'lab'> | SettingsOf<'compare'>;
  /** How long it is expected to take on two idle cores, ms: what the estimate begins with, until the part tells itself. */
  expectedMs: number;
}

export interface PartsChoice {
  quick: boolean;
  workers: number;
  seed: number;
  python: PythonChoice | undefined;
  executors: ExecutorKey[];
}

/** Rounds of a comparison; of six contenders 15 are the fewest that a difference is called from. */
const ROUNDS = { quick: 16, whole: 30 };
/** Whom the claims are of; baselines that are no executors come with their language. */
const CLAIMED = EXECUTORS.filter((name) => {
  const { threads, processes, baseline } = EXECUTORS_OF[languageOf(name)];
  const claimed: readonly ContenderKey[] = [threads, processes, baseline];
  return claimed.includes(name);
});

/** What is measured, the quickest first, so that a card that is stopped says as much as can be. */
export function partsOf({ quick, workers, seed, python, executors }: PartsChoice): Part[] {
  const lab = (name: 'startup' | 'memory' | 'race' | 'ipc', title: string, quickMs: number, wholeMs: number): Part => ({
    title,
    expectedMs: quick ? quickMs : wholeMs,
    settings: { kind: 'lab', lab: name, quick, python, seed },
  });
  const compare = (workload: string, title: string, quickMs: number, wholeMs: number): Part => ({
    title,
    expectedMs: quick ? quickMs : wholeMs,
    settings: {
      kind: 'compare',
      workload,
      executors: CLAIMED.filter((name) => executors.includes(name)),
      workers,
      python,
      seed,
      rounds: quick ? ROUNDS.quick : ROUNDS.whole,
    },
  });
  return [
    lab('startup', 'Lab: start-up', 10_000, 30_000),
    lab('memory', 'Lab: memory', 15_000, 60_000),
    lab('race', 'Lab: races', 15_000, 60_000),
    compare('primes', 'Compare: primes', 15_000, 20_000),
    compare('http', 'Compare: http', 20_000, 30_000),
    lab('ipc', 'Lab: hand-over', 20_000, 90_000),
  ];
}

/** Books a report as evidence. */
export function evidenceWith(evidence: Evidence, report: LabReport | CompareReport): Evidence {
  return { ...evidence, [report.kind === 'lab' ? report.lab : report.workload.kind === 'cpu' ? 'cpu' : 'io']: report };
}
