import type { Evidence } from '../../../../src/engine/kinds/scorecard/evidence';
import { rowsOf } from '../../../../src/engine/kinds/scorecard/rows';
import { asTheBooksSay, race } from '../../../fixtures/evidence';
import { makeScorecardReport } from '../../../fixtures/scorecard-report';
import type { Drawn } from './drawn';

/** As the books say, but that Node's threads were not seen to lose an update. */
const FOUND: Evidence = {
  ...asTheBooksSay(),
  race: race([
    ['threads', 'unlocked', 'not-observed'],
    ['processes', 'separate', 'cannot-race'],
    ['python-threads', 'unlocked', 'lost'],
    ['python-processes', 'separate', 'cannot-race'],
  ]),
};
const PARTS = [
  { title: 'Lab: start-up', key: 'startup' },
  { title: 'Lab: memory', key: 'memory' },
  { title: 'Lab: races', key: 'race' },
  { title: 'Compare: primes', key: 'cpu' },
  { title: 'Compare: http', key: 'io' },
  { title: 'Lab: hand-over', key: 'ipc' },
] as const;
/** The rows after each part; made once, as intervals take their time. */
const ROWS = [...PARTS.keys(), PARTS.length].map((done) =>
  rowsOf(Object.fromEntries(PARTS.slice(0, done).map(({ key }) => [key, FOUND[key]]))),
);

const doneAt = (share: number): number => Math.min(PARTS.length, Math.floor(share * PARTS.length));

export const drawnScorecard: Drawn<'scorecard'> = {
  begin: ({ quick = false }, common) => ({
    ...common,
    kind: 'scorecard',
    settings: { ...makeScorecardReport().settings, quick },
    parts: PARTS.map(({ title }) => ({ title, state: 'waiting' })),
    rows: ROWS[0] ?? [],
  }),
  at: (state, share) => ({
    ...state,
    step: `${PARTS[doneAt(share)]?.title ?? 'Ended'}, part ${Math.min(doneAt(share) + 1, PARTS.length)} of ${PARTS.length}`,
    parts: PARTS.map(({ title }, at) => ({
      title,
      state: at < doneAt(share) ? 'measured' : at === doneAt(share) ? 'measuring' : 'waiting',
    })),
    rows: ROWS[doneAt(share)] ?? [],
  }),
  report: ({ settings, rows }, { id, outcome, failure, machine }) =>
    makeScorecardReport(
      {
        id,
        settings,
        outcome,
        failure,
        machine,
        ...(outcome === 'completed' ? {} : { rows }),
        ...(failure ? { finding: failure.message } : {}),
      },
      FOUND,
    ),
};
