import { rowsOf } from '../../../../src/engine/experiment/scorecard/rows';
import { asTheBooksSay } from '../../../fixtures/evidence';
import { makeScorecardReport } from '../../../fixtures/scorecard-report';
import type { Drawn } from './drawn';

const PARTS = ['Lab: start-up', 'Lab: memory', 'Lab: races', 'Compare: primes', 'Compare: http', 'Lab: hand-over'];
const FOUND = asTheBooksSay();
/** What is known after each part. */
const KNOWN = [{}, { startup: FOUND.startup }, { startup: FOUND.startup, memory: FOUND.memory }, { startup: FOUND.startup, memory: FOUND.memory, race: FOUND.race }].map(rowsOf);

export const drawnScorecard: Drawn<'scorecard'> = {
  begin: ({ quick = false }, common) => ({
    ...common, kind: 'scorecard', settings: { ...makeScorecardReport().settings, quick }, parts: PARTS.map((title) => ({ title, state: 'waiting' })), rows: rowsOf({}),
  }),
  at(state, share) {
    const at = Math.min(PARTS.length - 1, Math.floor(share * PARTS.length));
    return {
      ...state,
      step: `${PARTS[at] ?? ''}, part ${at + 1} of ${PARTS.length}`,
      parts: PARTS.map((title, index) => ({ title, state: index < at ? 'measured' : index === at ? 'measuring' : 'waiting' })),
      rows: KNOWN[Math.min(at, KNOWN.length - 1)] ?? [],
    };
  },
  report: ({ settings }, { id, outcome, failure, machine }) => makeScorecardReport({ id, settings, outcome, failure, machine, ...(failure ? { finding: failure.message } : {}) }),
};
