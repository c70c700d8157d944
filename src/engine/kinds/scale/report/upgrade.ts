import { each, isFields, renamed, withEmptyColumn, type Fields } from '../../../report/fields';

const ENDS: Readonly<Record<string, string>> = { 'repetitions-done': 'rounds-done', 'repetition-limit': 'round-limit' };

/** From 1 to 2: rounds, which had been called repetitions (ADR 17). From 2 to 3: cores off the tasks' threads and where threads were is told. */
export function upgradeScale(report: Fields, from: number): Fields {
  return from === 1 ? withRounds(report) : from === 2 ? withOffThread(report) : report;
}

function withRounds(report: Fields): Fields {
  const { ended, settings, curves } = report;
  return {
    ...renamed(report, { repetitionCount: 'roundCount' }),
    ended: typeof ended === 'string' ? (ENDS[ended] ?? ended) : ended,
    settings: isFields(settings) ? renamed(settings, { repetitions: 'rounds' }) : settings,
    curves: each(curves, (curve) => ({ ...curve, points: each(curve['points'], pointWithRounds) })),
  };
}

function pointWithRounds(point: Fields): Fields {
  const { rounds, ...others } = renamed(point, { repetitions: 'rounds' });
  return { ...others, rounds: isFields(rounds) ? renamed(rounds, { repetition: 'round' }) : rounds };
}

function withOffThread(report: Fields): Fields {
  const points = (curve: Fields): unknown =>
    each(curve['points'], (point) => ({
      ...point,
      coresOffThread: null,
      rounds: withEmptyColumn(point['rounds'], 'coresOffThread'),
    }));
  return {
    ...report,
    curves: each(report['curves'], (curve) => ({ threadHost: null, ...curve, points: points(curve) })),
  };
}
