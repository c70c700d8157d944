import type { ScorecardPartState, ScorecardRow } from '../../../../src/contract';
import { drawScorecardReport, SCORECARD_ROWS } from './scorecard-report';
import type { Drawn } from './drawn';

const PARTS = ['Races', 'Memory', 'Start-up', 'Hand-over', 'Primes on every executor', 'Sleep on every executor'];

function partsAt(share: number): ScorecardPartState[] {
  const done = Math.floor(share * PARTS.length);
  return PARTS.map((title, at) => ({ title, state: at < done ? 'measured' : at === done ? 'measuring' : 'waiting' }));
}

/** All claims are there from the beginning; those that nothing was measured of yet have no figures. */
function rowsAt(share: number): ScorecardRow[] {
  const done = Math.floor(share * SCORECARD_ROWS.length);
  return SCORECARD_ROWS.map((row, at) => (at < done ? row : { ...row, holds: 'not-shown', threads: [], processes: [], judged: [] }));
}

export const drawnScorecard: Drawn<'scorecard'> = {
  begin: ({ quick = false }, common) => ({ ...common, kind: 'scorecard', settings: { quick, workers: 4, seed: 7, python: null }, parts: partsAt(0), rows: rowsAt(0) }),
  at: (state, share) => ({ ...state, step: `Measuring: ${PARTS[Math.floor(share * PARTS.length)] ?? 'the last'}`, parts: partsAt(share), rows: rowsAt(share) }),
  report: ({ settings, rows }, { id, outcome, failure, machine }) =>
    drawScorecardReport({ id, settings, outcome, failure, machine, ...(outcome === 'completed' ? {} : { rows }), ...(failure ? { finding: failure.message } : {}) }),
};
