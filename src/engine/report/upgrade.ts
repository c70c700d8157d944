import { REPORT_SCHEMA_VERSION } from '../../contract';

type Fields = Record<string, unknown>;

/**
 * A report of an earlier version as one of this version, not checked; anything else as it is. Version 1 said repetitions
 * where scaling and races have rounds, as all experiments do.
 */
export function upgraded(value: unknown): unknown {
  return isFields(value) ? upgradedReport(value) : value;
}

function upgradedReport(value: Fields): Fields {
  if (value['schemaVersion'] !== 1) return value;
  const report = { ...value, schemaVersion: REPORT_SCHEMA_VERSION };
  switch (value['kind']) {
    case 'scale':
      return upgradedScale(report);
    case 'lab':
      return value['lab'] === 'race' ? { ...report, rows: each(value['rows'], (row) => renamed(row, { repetitions: 'rounds' })) } : report;
    case 'scorecard':
      // Made of labs and comparisons: a card within a card is none.
      return { ...report, evidence: each(value['evidence'], (one) => (one['kind'] === 'scorecard' ? one : upgradedReport(one))) };
    default:
      return report;
  }
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

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

function each(list: unknown, change: (one: Fields) => Fields): unknown {
  return Array.isArray(list) ? list.map((one: unknown) => (isFields(one) ? change(one) : one)) : list;
}

function renamed(fields: Fields, names: Readonly<Record<string, string>>): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [names[name] ?? name, value]));
}
