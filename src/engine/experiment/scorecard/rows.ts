import { CLAIMS, type ClaimName, type ScorecardReport, type ScorecardRow } from '../../../contract';
import { rowOf, type Claim } from './claim';
import { handOver, races, startUp } from './claims/mechanism';
import { execution, ipcNeeded, memory, memoryCost } from './claims/memory';
import { cpuBound, gain, ioBound, lock } from './claims/work';
import type { Evidence } from './evidence';
import { evidenceWith } from './parts';

const ALL: Readonly<Record<ClaimName, Claim>> = {
  execution, memory, 'memory-cost': memoryCost, 'io-bound': ioBound, 'cpu-bound': cpuBound, lock, races, 'ipc-needed': ipcNeeded, 'hand-over': handOver, 'start-up': startUp, gain,
};

/** Every claim held against what has been measured so far, in the order of the card. */
export function rowsOf(evidence: Evidence): ScorecardRow[] {
  return CLAIMS.map((name) => rowOf(ALL[name], evidence));
}

/** The card with its claims held against the evidence that it has. */
export function cardReport(report: ScorecardReport): ScorecardReport {
  const rows = rowsOf(report.evidence.reduce(evidenceWith, {}));
  return { ...report, rows, finding: findingOf(rows) };
}

/** What the card comes to, in two sentences. */
export function findingOf(rows: readonly ScorecardRow[]): string {
  const titles = (holds: ScorecardRow['holds']): string[] => rows.filter((row) => row.holds === holds).map(({ title }) => title.toLowerCase().replace('i/o', 'I/O').replace('cpu', 'CPU'));
  const [yes, no, open] = [titles('yes'), titles('no'), titles('not-shown')];
  const others = [no.length > 0 ? `Not so here: ${no.join(', ')}.` : '', open.length > 0 ? `Not shown: ${open.join(', ')}.` : ''].filter((text) => text !== '');
  return [`${String(yes.length)} of ${String(rows.length)} claims hold on this machine.`, ...others].join(' ');
}
