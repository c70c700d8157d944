import { describe, expect, it } from 'vitest';
import type { Report, ResolvedScaleSettings, ScaleState } from '../../../../src/contract';
import { completeReport } from '../../../../src/engine/reports/any-kind';
import { startScaling, type ScaleOptions, type Scaling } from '../../../../src/engine/kinds/scale/scale-run';
import { parseReport } from '../../../../src/engine/reports/any-kind';
import { throughputAt } from '../../../../src/engine/statistics/scaling-law';
import { createRandom } from '../../../../src/engine/statistics/random';
import { taskInput } from '../../../../src/engine/workload/inputs';
import { findWorkload } from '../../../../src/engine/workload/registry';
import { sampledOnce } from '../../../fixtures/samples';
import { makeMachine } from '../../../fixtures/report';
import { lawExecutor, type Clock, type LawOptions } from './law-executor';

type Fake = Omit<LawOptions, 'clock'>;

interface Started {
  settings?: Partial<ResolvedScaleSettings>;
  cores?: number;
  options?: Partial<ScaleOptions>;
}

const LINEAR: Fake = { name: 'threads', throughput: (workers) => 500 * workers };

function start(fakes: Fake[], { settings = {}, cores = 16, options = {} }: Started = {}): Scaling {
  const clock: Clock = { nowMs: 0 };
  const executors = fakes.map((fake) => lawExecutor({ ...fake, clock }));
  return startScaling({
    id: 'run-1',
    workload: findWorkload('sha256'),
    settings: {
      workload: 'sha256',
      executors: executors.map(({ name }) => name),
      workers: [1, 2, 3, 4, 6, 8],
      size: 1000,
      workloadSettings: {},
      prepared: {},
      taskMs: null,
      calibratedMs: null,
      rounds: 6,
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
    machine: makeMachine(cores),
    createdBy: { host: 'terminal', coreloom: '0.1.0' },
    announce: () => {},
    keep: () => Promise.resolve(),
    entries: { httpServer: '' },
    nowMs: () => clock.nowMs,
    ...options,
  });
}

describe('a scaling experiment', () => {
  it('can be kept after each worker count, and is completed with its laws where it was interrupted', async () => {
    const kept: Report[] = [];
    const whole = await start([LINEAR], {
      settings: { workers: [1, 2, 3], rounds: 4 },
      options: { keep: (soFar) => Promise.resolve(void kept.push(...[soFar()].filter((one) => one !== null))) },
    }).ended;
    for (const one of kept) expect(parseReport(one)).toEqual(one);
    expect(kept).toHaveLength(12);
    expect(kept[0]).toMatchObject({
      kind: 'scale',
      outcome: 'interrupted',
      failure: { code: 'interrupted' },
      roundCount: 0,
      curves: [{ points: { length: 1 }, fits: [] }],
    });
    const last = kept.at(-1);
    if (last?.kind !== 'scale') throw new Error('Another kind was kept.');
    expect(await completeReport(last)).toMatchObject({ outcome: 'interrupted', roundCount: 3, curves: whole.curves });
  });

  it('finds the law that an executor follows, within its intervals', async () => {
    const given = { contention: 0.06, coherency: 0.004, single: 500 };
    const random = createRandom(3);
    const noisy = (workers: number): number =>
      throughputAt(given, workers) * (1 + 0.04 * (random.next() / 2 ** 32 - 0.5));
    const report = await start([{ name: 'threads', throughput: (workers) => (workers === 1 ? 500 : noisy(workers)) }], {
      settings: { rounds: 12, workers: [1, 2, 3, 4, 6, 8, 12, 16] },
    }).ended;
    expect(parseReport(report)).toEqual(report);
    expect(report).toMatchObject({
      kind: 'scale',
      outcome: 'completed',
      ended: 'rounds-done',
      roundCount: 12,
      failure: null,
    });
    const usl = report.curves[0]?.fits.find(({ law }) => law === 'usl');
    expect(usl).toMatchObject({ fits: true, resampled: 'rounds' });
    expect(usl?.residuals).toHaveLength(8);
    for (const name of ['contention', 'coherency', 'single'] as const) {
      // The intervals are of the medians' noise, and may miss by a hair.
      expect(usl?.[name].low).toBeLessThan(given[name] * 1.02);
      expect(usl?.[name].high).toBeGreaterThan(given[name] * 0.98);
    }
    expect(usl?.peak?.workers).toBeCloseTo(Math.sqrt(0.94 / 0.004), -1);
  });

  it('measures what each count does while all of its workers are at work, without the ends of the feed', async () => {
    const report = await start([LINEAR]).ended;
    for (const { workers, throughput, speedUp, efficiency } of report.curves[0]?.points ?? []) {
      expect(throughput.value / workers).toBeCloseTo(500, 0);
      expect(speedUp?.value).toBeCloseTo(workers, 1);
      expect(efficiency).toBeCloseTo(1, 1);
    }
    expect(report.curves[0]?.recommendation).toMatchObject({ workers: 8, best: 8, rising: true });
    expect(report.finding).toMatch(/^Threads: use at least 8, which achieve 8\.00 × .*throughput is still rising/);
  });

  it('recommends the smallest count that is enough, and does not take the cores for used up where nobody counted', async () => {
    const report = await start([{ name: 'threads', throughput: (workers) => 500 * Math.min(workers, 4) }], { cores: 4 })
      .ended;
    const [curve] = report.curves;
    expect(curve?.recommendation).toMatchObject({ workers: 4, rising: false });
    expect(curve?.fits.map(({ fits }) => fits)).toEqual([false, false]);
    expect(curve?.fits[1]?.because).toMatch(/^This law does not fit/);
    expect(report.ceiling.cpus).toBe(4);
    expect(report.finding).toMatch(
      /^Threads: use 4, which achieve 4\.00 × .* How busy the cores were is not known here\./,
    );
  });

  it('shuffles executors and counts in each round, as the seed says', async () => {
    const order = async (seed: number): Promise<string> => {
      const report = await start([LINEAR, { ...LINEAR, name: 'processes' }], { settings: { seed } }).ended;
      const places = report.curves.flatMap(({ executor, points }) =>
        points.flatMap(({ workers, rounds }) =>
          rounds.place.map((place, at) => ({
            at: (rounds.round[at] ?? 0) * 100 + place,
            who: `${executor} ${String(workers)}`,
          })),
        ),
      );
      return places
        .sort((a, b) => a.at - b.at)
        .map(({ who }) => who)
        .join();
    };
    const first = await order(5);
    expect(first.split(',')).toHaveLength(72);
    expect(await order(5)).toBe(first);
    expect(await order(6)).not.toBe(first);
  });

  it('goes on until the intervals are narrow, or its limit, and says which', async () => {
    expect((await start([LINEAR], { settings: { rounds: null } }).ended).ended).toBe('narrow');
    const random = createRandom(1);
    const restless: Fake = {
      name: 'threads',
      throughput: (workers) => (workers === 1 ? 500 : 500 * workers * (0.5 + random.next() / 2 ** 32)),
    };
    const limits = { rounds: 9, leastRounds: 6, measuringMs: 60_000, mostMs: 60_000 };
    expect(await start([restless], { settings: { rounds: null }, options: { limits } }).ended).toMatchObject({
      ended: 'round-limit',
      roundCount: 9,
    });
  });

  it('goes on without an executor that breaks, and keeps what that one measured', async () => {
    const breaks: Fake = {
      ...LINEAR,
      name: 'processes',
      answer: ({ seed }, workers) => {
        if (workers === 6) throw new Error('out of memory');
        return seed;
      },
    };
    const report = await start([LINEAR, breaks]).ended;
    expect(report).toMatchObject({ outcome: 'tasks-failed', failure: null, roundCount: 6 });
    const [threads, processes] = report.curves;
    expect(threads?.points.every(({ rounds }) => rounds.round.length === 6)).toBe(true);
    expect(processes?.failure).toMatchObject({
      code: 'task-threw',
      message: expect.stringContaining('out of memory') as string,
    });
    expect(report.finding).toMatch(/^Processes dropped out before the end\. ./);
  });

  it('fails loudly where workers disagree about a checksum, and where nobody is left', async () => {
    const wrong: Fake = { ...LINEAR, answer: ({ seed }, workers) => (workers === 4 ? 1 : seed) };
    expect(await start([wrong]).ended).toMatchObject({ outcome: 'failed', failure: { code: 'checksum-mismatch' } });
    const broken: Fake = {
      ...LINEAR,
      answer: () => {
        throw new Error('no');
      },
    };
    expect(await start([broken]).ended).toMatchObject({
      outcome: 'failed',
      failure: { code: 'task-threw' },
      curves: [{ points: [] }],
    });
  });

  it('keeps what was measured when it is stopped, and says what was left', async () => {
    const seen: ScaleState[] = [];
    const scaling = start([LINEAR], {
      settings: { rounds: 1000 },
      options: {
        announce: (state) => {
          seen.push(state);
          if (state.rounds === 3) scaling.stop();
        },
      },
    });
    const report = await scaling.ended;
    expect(report).toMatchObject({ outcome: 'cancelled', ended: 'stopped', failure: null });
    expect(report.roundCount).toBeGreaterThanOrEqual(3);
    expect(report.curves[0]?.points).toHaveLength(6);
    expect(report.finding).toContain('with fewer than 6, the intervals cover less than the stated 95 %');
    expect(seen.some(({ remainingMs }) => remainingMs !== null && remainingMs > 0)).toBe(true);
    expect(scaling.state()).toMatchObject({ phase: 'ended', outcome: 'cancelled', reportId: 'run-1', remainingMs: 0 });
  });

  it('says how long it will take from its plan, before the first point is measured', async () => {
    const seen: ScaleState[] = [];
    await start([LINEAR], { settings: { rounds: 6 }, options: { announce: (state) => void seen.push(state) } }).ended;
    // 6 rounds of 6 points, each open for 200 ms after 20 ms.
    const planned = seen.find(({ phase }) => phase === 'warming-up')?.remainingMs ?? 0;
    expect(planned).toBeGreaterThanOrEqual(36 * 220);
    expect(planned).toBeLessThan(36 * 300);
    expect(
      seen
        .filter(({ phase }) => phase === 'measuring')
        .every(({ remainingMs, progress }) => remainingMs !== null && progress !== null),
    ).toBe(true);
  });

  it('measures a window again in which a worker died, and counts the deaths', async () => {
    let dead = 0;
    const once: Fake = { ...LINEAR, name: 'processes', dies: (workers) => workers === 3 && dead++ === 2 };
    const report = await start([LINEAR, once]).ended;
    const points = report.curves.flatMap((curve) => curve.points);
    expect(points.flatMap(({ rounds }) => rounds.deaths).every((deaths) => deaths === 0)).toBe(true);
    expect(points.every(({ rounds }) => rounds.throughput.length === 6)).toBe(true);
    expect(report.warnings).toEqual(['1 worker of processes died during the measurement; lost tasks were retried.']);
  });

  it('keeps a window in which workers die again and again, and says that it is of fewer workers', async () => {
    const report = await start([{ ...LINEAR, name: 'processes', dies: (workers) => workers === 3 }]).ended;
    const point = report.curves[0]?.points.find(({ workers }) => workers === 3);
    expect(point?.rounds.deaths).toEqual([1, 1, 1, 1, 1, 1]);
    expect(report.warnings).toEqual([
      'In 6 measurements of processes, a worker died in every attempt: those figures come from fewer workers than stated.',
      '18 workers of processes died during the measurement; lost tasks were retried.',
    ]);
  });

  it('ends executors that were made for it alone', async () => {
    let closed = 0;
    await start([LINEAR], {
      options: {
        close: () => {
          closed++;
          return Promise.resolve();
        },
      },
    }).ended;
    expect(closed).toBe(1);
  });
});
