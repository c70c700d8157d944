import type { LabCaseState } from '../../../../src/contract';
import { drawLabReport } from './lab-report';
import type { Drawn } from './drawn';

const ROUNDS = 10;
const CASES: Pick<LabCaseState, 'title' | 'executor' | 'reason'>[] = [
  { title: 'threads', executor: 'threads', reason: null },
  { title: 'processes', executor: 'processes', reason: null },
  { title: 'Python threads', executor: 'python-threads', reason: 'No Python 3.8 or newer was found on this machine.' },
];

export const drawnLab: Drawn<'lab'> = {
  begin: ({ lab, quick = false }, common) => ({
    ...common,
    kind: 'lab',
    lab,
    settings: { lab, quick, workers: 4, seed: 7, python: null },
    cases: CASES.map((one) => ({ ...one, rounds: 0, of: ROUNDS })),
  }),
  at: (state, share) => ({
    ...state,
    step: `Measuring, ${Math.floor(share * ROUNDS)} rounds`,
    cases: state.cases.map((one) => ({ ...one, rounds: one.reason ? 0 : Math.floor(share * ROUNDS) })),
  }),
  report: ({ lab, settings }, { id, outcome, failure, machine }) =>
    drawLabReport(lab, { id, settings, outcome, failure, machine, ...(failure ? { finding: failure.message } : {}) }),
};
