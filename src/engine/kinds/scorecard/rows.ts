import {
  CLAIMS,
  contenderShares,
  contenderTitle,
  percent,
  plural,
  type ClaimName,
  type ContenderKey,
  type ContenderReport,
  type ScorecardReport,
  type ScorecardRow,
} from '../../../contract';
import { TOO_BUSY } from '../shared/core-wait';
import { rowOf, type Claim } from './claim';
import { handOver, races, startUp } from './claims/mechanism';
import { execution, ipcNeeded, memory, memoryCost } from './claims/memory';
import { cpuBound, gain, ioBound, lock } from './claims/work';
import type { Evidence } from './evidence';
import { evidenceWith } from './parts';

const ALL: Readonly<Record<ClaimName, Claim>> = {
  execution,
  memory,
  'memory-cost': memoryCost,
  'io-bound': ioBound,
  'cpu-bound': cpuBound,
  lock,
  races,
  'ipc-needed': ipcNeeded,
  'hand-over': handOver,
  'start-up': startUp,
  gain,
};

/** Every claim held against what has been measured so far, in the order of the card. */
export function rowsOf(evidence: Evidence): ScorecardRow[] {
  return CLAIMS.map((name) => rowOf(ALL[name], evidence));
}

/** The card with its claims held against the evidence that it has. */
export function cardReport(report: ScorecardReport): ScorecardReport {
  const evidence = report.evidence.reduce(evidenceWith, {});
  const rows = rowsOf(evidence);
  return { ...report, rows, finding: findingOf(rows, evidence) };
}

/** What the card comes to, in a few sentences; on a machine that was too busy that comes first. */
export function findingOf(rows: readonly ScorecardRow[], evidence: Evidence): string {
  const titles = (holds: ScorecardRow['holds']): string[] =>
    rows
      .filter((row) => row.holds === holds)
      .map(({ title }) => title.toLowerCase().replace('i/o', 'I/O').replace('cpu', 'CPU'));
  const [yes, no, open] = [titles('yes'), titles('no'), titles('not-shown')];
  const others = [
    no.length > 0 ? `These do not hold: ${no.join(', ')}.` : '',
    open.length > 0 ? `Not shown: ${open.join(', ')}.` : '',
  ].filter((text) => text !== '');
  return [
    ...busyWords(evidence),
    `${String(yes.length)} of ${String(rows.length)} claims hold on this machine.`,
    ...others,
  ].join(' ');
}

/** The workers that waited longest for a core where there was one for each of them; nothing where none waited long. */
function busyWords({ cpu, io }: Evidence): string[] {
  const waited = [cpu, io].flatMap((report) =>
    (report?.contenders ?? []).flatMap((one) => keptWaiting(one, report?.machine.limits.effectiveCpus ?? 0)),
  );
  const [most] = waited.toSorted((a, b) => b.share - a.share);
  if (most === undefined) return [];
  const { workers, contender, share } = most;
  return [
    `This machine was too busy to judge claims about time: ${plural(workers, 'worker')} of ${contenderTitle(contender)} waited for a core for ${percent(share)} of ${workers === 1 ? 'its' : 'their'} time, although there was one for ${workers === 1 ? 'it' : 'each'}.`,
  ];
}

function keptWaiting(
  one: ContenderReport,
  cores: number,
): { workers: number; contender: ContenderKey; share: number }[] {
  const share = contenderShares(one)?.waitingForCore ?? 0;
  const stopped = one.throttled === undefined || one.throttled === null ? 0 : one.throttled.stopped;
  return one.workers <= Math.max(1, cores) && stopped === 0 && share > TOO_BUSY
    ? [{ workers: one.workers, contender: one.contender, share }]
    : [];
}
