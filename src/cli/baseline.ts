import {
  CoreloomError,
  factor,
  intervalBeside,
  number,
  percent,
  contenderTitle,
  type CompareReport,
  type CompareSettings,
  type Report,
} from '../contract';
import type { Regression } from '../engine/reports';
import { reportsDoor, type ReportsDoor } from './doors';
import { UsageError } from './parse';
import type { Line } from './command';
import type { Gate } from './commands/run-experiment';
import { openHistory, readReport } from './saved-report';
import type { Terminal } from './terminal';

/** What a baseline adds to the command: asked like with like, judged afterwards. */
export interface Baseline {
  settings: CompareSettings;
  gate: Gate;
}

export const BASELINE_OPTIONS = {
  baseline: {
    value: 'REPORT',
    summary: 'compare with an earlier comparison (an id, latest, or a .json file), using its settings',
  },
  'fail-if-slower': {
    value: 'PERCENT',
    summary: 'exit with code 1 if an executor is shown to be slower than the baseline by more than this',
  },
  'other-machine': { summary: 'allow a baseline from another machine, with a warning' },
};

/** Reads what a command line says of a baseline; null where it names none. Errors: `bad-input`, `report-not-found`. */
export async function readBaseline(
  line: Line,
  typed: CompareSettings,
  terminal: Pick<Terminal, 'err'>,
): Promise<Baseline | null> {
  const named = line.text('baseline');
  if (named === undefined) {
    for (const option of ['fail-if-slower', 'other-machine'])
      if (line.has(option)) throw new UsageError(`--${option} needs a baseline: --baseline REPORT.`);
    return null;
  }
  const limit = readLimit(line);
  const reports = await reportsDoor();
  const fewest = reports.CALL_ROUNDS;
  const baseline = usable(await readReport(await openHistory(terminal), named).catch(refused), fewest);
  if (typed.rounds !== undefined && typed.rounds < fewest)
    throw new UsageError(
      `--rounds ${String(typed.rounds)} is too few to compare with a baseline: use ${String(fewest)} or more.`,
    );
  return {
    settings: likeWithLike(typed, baseline),
    gate: {
      check: (machine) =>
        checkMachine(reports.unlikeness({ ...baseline, machine }, baseline), line.has('other-machine')),
      judge: (report) => judge(report, baseline, { limit, reports }),
    },
  };
}

function readLimit(line: Line): number | null {
  const text = line.text('fail-if-slower');
  if (text === undefined) return null;
  const percent = /^\d+(\.\d+)?%?$/.test(text) ? Number.parseFloat(text) : Number.NaN;
  if (percent >= 0 && percent <= 1000) return percent / 100;
  throw new UsageError(`--fail-if-slower must be a percentage from 0% to 1000%, such as 5%, not "${text}".`);
}

/** A baseline that cannot be read must not look like one that was missed: both would be exit code 1. */
function refused(error: unknown): never {
  throw error instanceof CoreloomError && error.code === 'report-broken'
    ? new UsageError(`The baseline cannot be used. ${error.message}`)
    : error;
}

function usable(report: Report, fewest: number): CompareReport {
  if (report.kind !== 'compare')
    throw new UsageError(
      `The baseline must be the report of a comparison, but this one is of another kind (${report.kind}).`,
    );
  if (report.outcome !== 'completed' && report.outcome !== 'tasks-failed')
    throw new UsageError('The baseline comparison did not finish: measure a new baseline.');
  if (report.contenders.some(({ rounds }) => rounds.round.length < fewest))
    throw new UsageError(`The baseline has too few rounds to compare with: measure ${String(fewest)} or more.`);
  return report;
}

/** What is not typed is as it was in the baseline; what is typed must be so too. */
function likeWithLike(typed: CompareSettings, { settings }: CompareReport): CompareSettings {
  const { workload, executors, workers, size, workloadSettings, tasks, seed } = settings;
  const known = { workload, executors, workers, size, workloadSettings, tasks: tasks ?? undefined };
  if (typed.taskMs !== undefined)
    throw new UsageError(
      '--task-ms cannot be combined with --baseline, because the task size comes from the baseline: remove --task-ms.',
    );
  for (const [name, was] of Object.entries(known)) {
    const is = typed[name as keyof typeof known];
    if (is !== undefined && !same(is, was)) {
      throw new UsageError(
        `The baseline was measured with ${name} ${JSON.stringify(was)}, not ${JSON.stringify(is)}: remove that option, or choose another baseline.`,
      );
    }
  }
  return { ...typed, ...known, seed: typed.seed ?? seed };
}

/** Whichever order names were given in. Of settings only those given are compared. */
function same(is: unknown, was: unknown): boolean {
  if (Array.isArray(is) && Array.isArray(was))
    return JSON.stringify([...(is as string[])].sort()) === JSON.stringify([...(was as string[])].sort());
  if (typeof is === 'object' && is !== null && typeof was === 'object' && was !== null)
    return Object.entries(is).every(([name, value]) => (was as Record<string, unknown>)[name] === value);
  return is === was;
}

/** Refuses another machine unless that is asked for; answers what else is unlike. */
function checkMachine(unlike: ReturnType<ReportsDoor['unlikeness']>, otherMachine: boolean): string[] {
  const other = unlike.filter(({ about }) => about === 'machine').map(({ message }) => message);
  if (other.length > 0 && !otherMachine) {
    throw new CoreloomError(
      'bad-input',
      `The baseline was measured on another machine. ${other.join(' ')} Measure a new baseline on this machine, or add --other-machine to compare anyway; the result is then not reliable.`,
    );
  }
  return unlike.map(({ about, message }) =>
    about === 'machine'
      ? `The baseline was measured on another machine, so the result is not reliable. ${message}`
      : message,
  );
}

function judge(
  report: Report,
  baseline: CompareReport,
  { limit, reports }: { limit: number | null; reports: ReportsDoor },
): ReturnType<Gate['judge']> {
  if (report.kind !== 'compare') return { text: '', failed: false };
  const found = reports.regressions(report, baseline, limit ?? Infinity);
  const broken = report.contenders.flatMap(({ contender, failure }) =>
    failure === null
      ? []
      : [`${contenderTitle(contender)}: failed before the end, so it cannot be compared. ${failure.message}`],
  );
  if (found.length === 0 && broken.length === 0)
    return { text: 'No executor can be compared with the baseline.\n', failed: limit !== null };
  // What is broken has not passed.
  const failed = found.some(({ verdict }) => verdict === 'too-slow') || (limit !== null && broken.length > 0);
  return {
    text: `Against the baseline ${baseline.id}, whose rounds are not paired with these:\n${[...found.map((one) => sentence(one, limit)), ...broken].map((line) => `  ${line}\n`).join('')}`,
    failed,
  };
}

function sentence({ contender, ratio, interval, waited, verdict }: Regression, limit: number | null): string {
  const by = (times: number): string => percent(Math.abs(times - 1));
  const found = `${factor(ratio)} its time, 95 % interval ${intervalBeside({ value: ratio, ...interval }, factor)}`;
  const who = contenderTitle(contender);
  const allowed = limit === null ? '' : `${number(limit * 100)} %`;
  switch (verdict) {
    case 'too-slow':
      return `${who}: SLOWER by ${by(ratio)}, shown to be more than the ${allowed} allowed (${found}).`;
    case 'slower':
      return `${who}: slower by ${by(ratio)}${limit === null ? '' : `, but not shown to be more than the ${allowed} allowed`} (${found}).`;
    case 'faster':
      return `${who}: faster by ${by(ratio)} (${found}).`;
    case 'no-difference':
      return `${who}: no difference shown (${found}).`;
    case 'unlike-load':
      return `${who}: no result, because the load from other programs differed: its workers waited for a core for ${percent(waited.now)} of their time now and ${percent(waited.then)} in the baseline (${found}). Measure both again on an otherwise idle machine.`;
    case 'too-few-rounds':
      return `${who}: too few rounds for a result (${found}).`;
  }
}
