type Fields = Record<string, unknown>;

/** What each version changed, by the version it changed. */
const STEPS: Readonly<Record<number, (report: Fields) => Fields>> = { 1: withRounds, 2: toThree };

/** A report of an earlier version as one of this version, not checked; anything else as it is. */
export function upgraded(value: unknown): unknown {
  return isFields(value) ? upgradedReport(value) : value;
}

function upgradedReport(value: Fields): Fields {
  const version = value['schemaVersion'];
  const step = typeof version === 'number' ? STEPS[version] : undefined;
  if (step === undefined || typeof version !== 'number') return value;
  // A scorecard's evidence is labs and comparisons; a card within a card is refused as it is.
  const evidence =
    value['kind'] === 'scorecard'
      ? { evidence: each(value['evidence'], (one) => (one['kind'] === 'scorecard' ? one : upgradedReport(one))) }
      : {};
  return upgradedReport({ ...step(value), ...evidence, schemaVersion: version + 1 });
}

/** From 2 to 3: outcomes, and what is measured since. */
function toThree(report: Fields): Fields {
  return withThreadHost(withOffThread(withShares(withComparison(withOutcomes(report)))));
}

/** systeminformation was not held against the samples of the same seconds. */
function withComparison(report: Fields): Fields {
  const { samples } = report;
  if (!isFields(samples) || !isFields(samples['crossCheck'])) return report;
  return { ...report, samples: { ...samples, crossCheck: { ...samples['crossCheck'], cores: null } } };
}

/** Where workers' time went was not told. */
function withShares(report: Fields): Fields {
  if (report['kind'] !== 'live') return report;
  return { ...report, executors: each(report['executors'], (executor) => ({ shares: null, ...executor })) };
}

/** Where threads were was not told of scaling, and of nobody before there were two places. */
function withThreadHost(report: Fields): Fields {
  const list = { live: 'executors', compare: 'contenders', scale: 'curves' }[String(report['kind'])];
  if (list === undefined) return report;
  return { ...report, [list]: each(report[list], (one) => ({ threadHost: null, ...one })) };
}

/** Runs with failed tasks and reports of killed processes have outcomes of their own. */
function withOutcomes(report: Fields): Fields {
  const { outcome, failure, totals } = report;
  if (outcome === 'failed' && isFields(failure) && failure['code'] === 'interrupted')
    return { ...report, outcome: 'interrupted' };
  const failed = isFields(totals) && isFields(totals['counts']) ? totals['counts']['failed'] : 0;
  return outcome === 'completed' && typeof failed === 'number' && failed > 0
    ? { ...report, outcome: 'tasks-failed' }
    : report;
}

/** CPU time off the tasks' threads was not counted. */
function withOffThread(report: Fields): Fields {
  const { kind, totals, executors, contenders, curves } = report;
  const none = { offThreadCpuMs: null };
  if (kind === 'live')
    return {
      ...report,
      totals: isFields(totals) ? { ...totals, ...none } : totals,
      executors: each(executors, (one) => ({ ...one, ...none })),
    };
  if (kind === 'compare')
    return {
      ...report,
      contenders: each(contenders, (one) => ({
        ...one,
        ...none,
        rounds: withEmptyColumn(one['rounds'], 'offThreadCpuMs'),
      })),
    };
  if (kind !== 'scale') return report;
  const points = (curve: Fields): unknown =>
    each(curve['points'], (one) => ({
      ...one,
      coresOffThread: null,
      rounds: withEmptyColumn(one['rounds'], 'coresOffThread'),
    }));
  return { ...report, curves: each(curves, (curve) => ({ ...curve, points: points(curve) })) };
}

function withEmptyColumn(rounds: unknown, name: string): unknown {
  if (!isFields(rounds) || !Array.isArray(rounds['round'])) return rounds;
  return { ...rounds, [name]: rounds['round'].map(() => null) };
}

/** From 1 to 2: scaling and races say rounds, as all experiments do, and no longer repetitions. */
function withRounds(report: Fields): Fields {
  if (report['kind'] === 'scale') return upgradedScale(report);
  if (report['kind'] !== 'lab' || report['lab'] !== 'race') return report;
  return { ...report, rows: each(report['rows'], (row) => renamed(row, { repetitions: 'rounds' })) };
}

const ENDS: Readonly<Record<string, string>> = { 'repetitions-done': 'rounds-done', 'repetition-limit': 'round-limit' };

function upgradedScale(report: Fields): Fields {
  const { ended, settings, curves } = report;
  return {
    ...renamed(report, { repetitionCount: 'roundCount' }),
    ended: typeof ended === 'string' ? (ENDS[ended] ?? ended) : ended,
    settings: isFields(settings) ? renamed(settings, { repetitions: 'rounds' }) : settings,
    curves: each(curves, (curve) => ({ ...curve, points: each(curve['points'], upgradedPoint) })),
  };
}

function upgradedPoint(point: Fields): Fields {
  const { rounds, ...others } = renamed(point, { repetitions: 'rounds' });
  return { ...others, rounds: isFields(rounds) ? renamed(rounds, { repetition: 'round' }) : rounds };
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function each(list: unknown, change: (one: Fields) => Fields): unknown {
  return Array.isArray(list) ? list.map((one: unknown) => (isFields(one) ? change(one) : one)) : list;
}

function renamed(fields: Fields, names: Readonly<Record<string, string>>): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [names[name] ?? name, value]));
}
