import type { ExecutorName, Holds, ScorecardFigure, ScorecardReport, ScorecardRow } from '../../../../src/contract';
import { makeMachine } from '../../../fixtures/report';

const figure = (executor: ExecutorName, text: string): ScorecardFigure => ({ executor, text, estimate: null });
type Shape = Pick<ScorecardRow, 'claim' | 'title' | 'said' | 'threads' | 'processes' | 'measuredBy'> & { node: Holds; python: Holds; why: string };

const SHAPES: Shape[] = [
  { claim: 'execution', title: 'Execution', said: 'Threads share one process; processes are independent.', threads: [figure('threads', '1 pid, 4 threads'), figure('python-threads', 'Python 1 pid, 4 threads')], processes: [figure('processes', '4 pids'), figure('python-processes', 'Python 4 pids')], measuredBy: 'pids of workers', node: 'yes', python: 'yes', why: 'four threads had one pid, four processes four.' },
  { claim: 'memory', title: 'Memory', said: 'Threads share it; processes each have their own.', threads: [figure('threads', 'seen after 0.9 µs [0.7, 1.1]')], processes: [figure('processes', 'never seen in 50 ms')], measuredBy: 'lab memory', node: 'yes', python: 'yes', why: 'a write by one thread was seen by the other.' },
  { claim: 'io-bound', title: 'I/O-bound work', said: 'Threads are enough.', threads: [figure('threads', '3.97 × [3.95, 3.99] at 4'), figure('python-threads', 'Python 3.96 × [3.9, 4.0] at 4')], processes: [figure('processes', '3.97 × [3.95, 3.99] at 4')], measuredBy: 'compare sleep', node: 'yes', python: 'yes', why: 'no difference shown between threads and processes.' },
  { claim: 'cpu-bound', title: 'CPU-bound work', said: 'Python threads gain little; processes gain much.', threads: [figure('threads', '3.91 × [3.88, 3.95] at 4'), figure('python-threads', 'Python 0.97 × [0.95, 0.99] at 4')], processes: [figure('processes', '3.79 × [3.7, 3.85] at 4'), figure('python-processes', 'Python 3.60 × [3.5, 3.7] at 4')], measuredBy: 'compare primes', node: 'no', python: 'yes', why: 'threads of Node gain as much as processes: they share no lock.' },
  { claim: 'races', title: 'Races', said: 'Shared memory can race.', threads: [figure('threads', '62 % lost; 0 with Atomics'), figure('python-threads', 'Python: not observed')], processes: [figure('processes', 'nothing is shared')], measuredBy: 'lab race', node: 'yes', python: 'not-shown', why: 'no update was lost in 10 repetitions, which proves nothing.' },
  { claim: 'start-up', title: 'Start-up', said: 'Processes cost more to start.', threads: [figure('threads', '31 ms [30, 32]')], processes: [figure('processes', '49 ms [47, 51]')], measuredBy: 'lab startup', node: 'yes', python: 'yes', why: '1.6 × as long.' },
];

export const SCORECARD_ROWS: ScorecardRow[] = SHAPES.map(({ node, python, why, ...row }) => ({
  ...row,
  of: row.claim === 'cpu-bound' ? 'python' : 'both',
  holds: row.claim === 'races' ? 'not-shown' : python,
  judged: [{ language: 'node', holds: node, why }, { language: 'python', holds: python, why }],
}));

/** The drawn report of a scorecard. */
export function drawScorecardReport(overrides: Partial<ScorecardReport> = {}): ScorecardReport {
  return {
    schemaVersion: 1,
    id: '20261122-220000-scorecard-5c0de0',
    kind: 'scorecard',
    createdBy: { host: 'terminal', coreloom: '0.1.0' },
    startedAt: '2026-11-22T22:00:00.000Z',
    endedAt: '2026-11-22T22:01:40.000Z',
    outcome: 'completed',
    failure: null,
    finding: '5 of 6 claims hold here; that shared memory can race was not shown for Python.',
    warnings: [],
    machine: makeMachine(4),
    settings: { quick: true, workers: 4, seed: 7, python: null },
    elapsedMs: 100_000,
    rows: SCORECARD_ROWS,
    evidence: [],
    observer: { samplerCpuMs: 300, samplerShare: 0.03, engineCpuMs: null, samples: 120, lateSamples: 0, maxLateMs: 2 },
    ...overrides,
  };
}
