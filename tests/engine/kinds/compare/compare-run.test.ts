import { describe, expect, it } from 'vitest';
import {
  contenderTitle,
  type CompareState,
  type ExecutorKey,
  type Report,
  type ResolvedCompareSettings,
} from '../../../../src/contract';
import { completeReport } from '../../../../src/engine/reports/any-kind';
import {
  startComparison,
  type CompareOptions,
  type Comparison,
} from '../../../../src/engine/kinds/compare/compare-run';
import { parseReport } from '../../../../src/engine/reports/any-kind';
import { taskInput } from '../../../../src/engine/workload/inputs';
import { findWorkload } from '../../../../src/engine/workload/registry';
import type { TaskInput } from '../../../../src/engine/workload/workload';
import { sampledOnce } from '../../../fixtures/samples';
import { makeMachine } from '../../../fixtures/report';
import { fakeExecutor, type FakeOptions } from './fake-executor';

const checksum = ({ seed }: TaskInput): number => seed;
const three: FakeOptions[] = (['sequential', 'threads', 'processes'] as const).map((name) => ({
  name,
  answer: checksum,
}));

function start(
  fakes: FakeOptions[],
  settings: Partial<ResolvedCompareSettings> = {},
  announce: CompareOptions['announce'] = () => {},
  keep: CompareOptions['keep'] = () => Promise.resolve(),
): Comparison {
  const executors = fakes.map(fakeExecutor);
  return startComparison({
    id: 'run-1',
    workload: findWorkload('sha256'),
    settings: {
      workload: 'sha256',
      executors: executors.map(({ name }) => name),
      workers: 2,
      size: 1000,
      workloadSettings: {},
      prepared: {},
      taskMs: null,
      calibratedMs: null,
      tasks: 40,
      rounds: 9,
      seed: 5,
      ...settings,
    },
    executors,
    inputs: (resolved) => Array.from({ length: 8 }, (_, input) => taskInput(resolved, input)),
    sampler: {
      hz: 10,
      setRate() {},
      rest() {},
      start: async () => {},
      machine: () => Promise.reject(new Error('not needed')),
      watch() {},
      readNow: () => Promise.resolve(),
      on: sampledOnce,
      onWarning: () => () => {},
      stop: async () => {},
    },
    machine: makeMachine(2),
    createdBy: { host: 'terminal', coreloom: '0.1.0' },
    announce,
    keep,
    entries: { httpServer: '' },
    limits: { rounds: 30, measuringMs: 20_000, mostMs: 20_000, livesMs: 4000 },
  });
}

describe('a comparison', () => {
  it('can be kept after each step, as the whole report of an experiment that was interrupted', async () => {
    const kept: Report[] = [];
    const whole = await start(
      three,
      {},
      () => {},
      (soFar) => Promise.resolve(void kept.push(...[soFar()].filter((one) => one !== null))),
    ).ended;
    for (const one of kept) expect(parseReport(one)).toEqual(one);
    const [first, last] = await Promise.all([kept[0], kept.at(-1)].map((one) => one && completeReport(one)));
    expect(first).toMatchObject({
      kind: 'compare',
      outcome: 'interrupted',
      failure: { code: 'interrupted' },
      roundCount: 0,
      finding: expect.stringMatching(/^The comparison ended before two executors/) as string,
    });
    expect(last).toMatchObject({
      outcome: 'interrupted',
      roundCount: 9,
      contenders: whole.contenders,
      differences: whole.differences,
      finding: whole.finding,
    });
  });

  it('measures everybody in each round, in shuffled orders that the seed repeats', async () => {
    const report = await start(three).ended;
    expect(report).toMatchObject({
      kind: 'compare',
      outcome: 'completed',
      ended: 'rounds-done',
      roundCount: 9,
      failure: null,
    });
    expect(parseReport(report)).toEqual(report);
    for (const { rounds, counts } of report.contenders) {
      expect(rounds.round).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
      expect(counts.done).toBe(360);
    }
    for (const { lives, parts } of report.contenders) {
      expect(lives?.count).toBe(6);
      expect(lives?.each?.spawnMs).toHaveLength(6);
      expect(lives?.intervals?.wholeMs?.low).toBeLessThanOrEqual(parts?.wholeMs ?? 0);
      expect(lives?.intervals?.wholeMs?.high).toBeGreaterThanOrEqual(parts?.wholeMs ?? Number.POSITIVE_INFINITY);
      expect(parts?.wholeMs).toBeGreaterThanOrEqual(lives?.shortestMs ?? Number.POSITIVE_INFINITY);
      expect(parts?.wholeMs).toBeLessThanOrEqual(lives?.longestMs ?? 0);
    }
    expect(new Set(report.orders.map((order) => order.join())).size).toBeGreaterThan(1);
    expect((await start(three).ended).orders).toEqual(report.orders);
    expect((await start(three, { seed: 6 }).ended).orders).not.toEqual(report.orders);
  });

  it('says how long it may take from the first list on', async () => {
    const states: CompareState[] = [];
    const comparison = start(three, {}, (state) => states.push(state));
    await comparison.ended;
    const first = states.findIndex(({ remainingMs }) => remainingMs !== null);
    const told = states.slice(first);
    expect(told[0]).toMatchObject({ phase: 'warming-up', current: 'threads' });
    expect(told.every(({ remainingMs, progress }) => remainingMs !== null && progress !== null)).toBe(true);
    expect(new Set(told.map(({ phase }) => phase))).toEqual(new Set(['warming-up', 'measuring', 'lives', 'stopping']));
    expect(told[0]?.remainingMs).toBeGreaterThan(0);
  });

  it('names the phase, who is at work, and the complete rounds while it measures', async () => {
    const states: CompareState[] = [];
    await start([...three, { name: 'python-threads', answer: checksum }], {}, (state) => states.push(state)).ended;
    const stepsAt = (at: Pick<CompareState, 'phase' | 'current' | 'rounds'>): string[] =>
      states
        .filter(({ phase, current, rounds }) => phase === at.phase && current === at.current && rounds === at.rounds)
        .map(({ step }) => step);
    expect(stepsAt({ phase: 'measuring', current: 'threads', rounds: 7 })).toContain(
      'Measuring: threads, 7 rounds of 9',
    );
    expect(stepsAt({ phase: 'measuring', current: null, rounds: 0 })).toContain('Measuring, 0 rounds of 9');
    expect(stepsAt({ phase: 'warming-up', current: 'python-sequential', rounds: 0 })).toEqual([
      `Warming up: ${contenderTitle('python-sequential')}`,
    ]);
    const free: CompareState[] = [];
    await start(three, { rounds: null }, (state) => free.push(state)).ended;
    expect(free.find(({ rounds, phase }) => rounds === 1 && phase === 'measuring')?.step).toMatch(
      /^Measuring: [a-z]+, 1 round$/,
    );
  });

  it('goes on until it is stable or at its limit, and says which', async () => {
    const report = await start(three, { rounds: null }).ended;
    expect(['stable', 'round-limit']).toContain(report.ended);
    expect(report.roundCount).toBeGreaterThanOrEqual(10);
    expect(report.roundCount).toBeLessThanOrEqual(30);
  });

  it('goes on without a contender that fails, and keeps what that one measured', async () => {
    let rounds = 0;
    const breaks = (input: TaskInput): number => {
      if (rounds >= 3) throw new Error('out of memory');
      return checksum(input);
    };
    const report = await start(
      three.map((fake) => (fake.name === 'threads' ? { ...fake, answer: breaks } : fake)),
      {},
      (state) => {
        rounds = state.rounds;
      },
    ).ended;
    expect(report).toMatchObject({ outcome: 'tasks-failed', failure: null, roundCount: 9 });
    const [sequential, threads, processes] = report.contenders;
    expect(threads?.failure).toMatchObject({ code: 'task-threw' });
    expect(threads?.rounds.round.length).toBe(3);
    for (const other of [sequential, processes]) expect(other?.rounds.round.length).toBe(9);
    expect(report.finding).toMatch(/^Threads dropped out before the end\. ./);
  });

  it('fails loudly where contenders disagree about a checksum', async () => {
    const report = await start(three.map((fake) => (fake.name === 'processes' ? { ...fake, answer: () => 1 } : fake)))
      .ended;
    expect(report).toMatchObject({ outcome: 'failed', ended: 'failed', failure: { code: 'checksum-mismatch' } });
    expect(report.finding).toMatch(/they did not do the same work/);
  });

  it('fails where fewer than two can be compared', async () => {
    const names: ExecutorKey[] = ['sequential', 'threads'];
    const report = await start(
      names.map((name) => ({
        name,
        answer:
          name === 'threads'
            ? () => {
                throw new Error('no');
              }
            : checksum,
      })),
    ).ended;
    expect(report).toMatchObject({ outcome: 'failed', failure: { code: 'not-available' } });
  });

  it('keeps what was measured when it is stopped', async () => {
    const seen: CompareState[] = [];
    const comparison = start(three, { rounds: 10_000 }, (state) => {
      seen.push(state);
      if (state.rounds === 8) comparison.stop();
    });
    const report = await comparison.ended;
    expect(report).toMatchObject({ outcome: 'cancelled', ended: 'stopped', failure: null });
    expect(report.contenders[0]?.makespanMs).not.toBeNull();
    expect(seen.some(({ remainingMs }) => remainingMs !== null && remainingMs > 0)).toBe(true);
    expect(comparison.state()).toMatchObject({ phase: 'ended', outcome: 'cancelled', reportId: 'run-1' });
  });

  it('gives Python a baseline of its own: one of its threads', async () => {
    const report = await start([...three, { name: 'python-threads', answer: checksum }]).ended;
    expect(report.contenders.map(({ contender, workers }) => [contender, workers])).toEqual([
      ['sequential', 1],
      ['threads', 2],
      ['processes', 2],
      ['python-sequential', 1],
      ['python-threads', 2],
    ]);
    expect(report.contenders[4]?.speedUp?.against).toBe('python-sequential');
    expect(report.contenders[1]?.speedUp?.against).toBe('sequential');
  });

  it('starts all workers again after as many rounds as a call needs or more, and says from which round on', async () => {
    const states: CompareState[] = [];
    const report = await start(three, { rounds: 20 }, (state) => states.push(state)).ended;
    expect(report).toMatchObject({ outcome: 'completed', ended: 'rounds-done', roundCount: 20, restarts: [10] });
    for (const { rounds } of report.contenders) expect(rounds.round).toHaveLength(20);
    const again = states.filter(({ phase }) => phase === 'restarting');
    expect(new Set(again.map(({ rounds }) => rounds))).toEqual(new Set([10]));
    expect(new Set(again.map(({ current }) => current))).toEqual(new Set([null, 'sequential', 'threads', 'processes']));
    expect(again.map(({ step }) => step)).toContain('Starting all workers again: threads');
    expect((await start(three, { rounds: 33 }).ended).restarts).toEqual([8, 16, 24]);
    expect((await start(three, { rounds: 15 }).ended).restarts).toEqual([]);
  });

  it('says from the eighth round on how each pair stands, and what is undecided', async () => {
    const states: CompareState[] = [];
    await start(three, { rounds: 12 }, (state) => states.push(state)).ended;
    for (const { pairs, undecided, rounds } of states) {
      expect(pairs.map(({ contender, against }) => [contender, against])).toEqual(
        rounds < 8
          ? []
          : [
              ['threads', 'sequential'],
              ['processes', 'sequential'],
              ['processes', 'threads'],
            ],
      );
      if (rounds < 8) expect(undecided).toEqual([]);
    }
    const [first] = states.filter(({ pairs }) => pairs.length > 0);
    for (const { value, low, high } of first?.pairs ?? []) {
      expect(value).toBeGreaterThan(0);
      expect(low ?? value).toBeLessThanOrEqual(value);
      expect(high ?? value).toBeGreaterThanOrEqual(value);
    }
  });

  const at = (phase: CompareState['phase'], rounds: number, current: CompareState['current']) => ({
    phase,
    rounds,
    current,
  });
  it.each([
    at('calibrating', 0, null),
    at('warming-up', 0, 'threads'),
    at('measuring', 3, 'threads'),
    at('measuring', 9, 'threads'),
    at('restarting', 10, null),
    at('restarting', 10, 'threads'),
    at('measuring', 15, 'processes'),
    at('lives', 20, null),
    at('lives', 20, 'threads'),
  ])('that is stopped leaves a report of what was measured: $phase, $rounds rounds, $current', async (moment) => {
    let stopped = false;
    const comparison = start(three, { rounds: 20 }, ({ phase, rounds, current }) => {
      if (stopped || phase !== moment.phase || rounds !== moment.rounds || current !== moment.current) return;
      stopped = true;
      comparison.stop();
    });
    const report = await comparison.ended;
    const over = moment.phase === 'lives';
    expect(report).toMatchObject({
      outcome: 'cancelled',
      failure: null,
      ended: over ? 'rounds-done' : 'stopped',
      roundCount: moment.rounds,
      restarts: moment.rounds < 10 ? [] : [10],
    });
    expect(parseReport(report)).toEqual(report);
    // Others in the round that was not completed have one more.
    for (const { contender, rounds, parts } of report.contenders) {
      expect([moment.rounds, moment.rounds + 1]).toContain(rounds.round.length);
      if (!over) expect([contender, parts]).toEqual([contender, null]);
    }
    for (const { rounds, ratio, callLow, callHigh } of report.differences) {
      expect(rounds).toBeGreaterThanOrEqual(moment.rounds);
      expect(ratio.low === null || ratio.low <= ratio.value).toBe(true);
      expect(ratio.high === null || ratio.high >= ratio.value).toBe(true);
      expect((callLow ?? 0) <= (ratio.low ?? 1)).toBe(true);
      expect((callHigh ?? Infinity) >= (ratio.high ?? 1)).toBe(true);
    }
    expect(report.differences).toHaveLength(moment.rounds === 0 ? 0 : 3);
  });

  it('keeps the place of a contender that fails in its cold runs, and says so', async () => {
    let lives = false;
    const report = await start(
      three.map((fake) =>
        fake.name === 'threads'
          ? {
              ...fake,
              answer: (input) => {
                if (lives) throw new Error('out of memory');
                return checksum(input);
              },
            }
          : fake,
      ),
      {},
      ({ phase }) => {
        lives = phase === 'lives';
      },
    ).ended;
    expect(report).toMatchObject({ outcome: 'completed', ended: 'rounds-done', roundCount: 9 });
    const [sequential, threads] = report.contenders;
    expect(threads).toMatchObject({ failure: null, parts: null, lives: null });
    expect(threads?.rounds.round).toHaveLength(9);
    expect(sequential?.parts).not.toBeNull();
    expect(report.warnings).toContainEqual(expect.stringMatching(/^Cold runs of threads are missing: /));
  });
});
