import { describe, expect, it } from 'vitest';
import { happenedAt } from '../../../../src/engine/kinds/compare/outlier-cause';
import { livesReport, meanParts, sumOfParts, timeParts } from '../../../../src/engine/kinds/compare/parts';

const task = (worker: number, startedMs: number, finishedMs: number, deliveredMs: number) => ({
  worker,
  queuedMs: 100,
  startedMs,
  finishedMs,
  deliveredMs,
});

describe('the parts of a life', () => {
  const pass = {
    startMs: 100,
    endMs: 150,
    // One worker with three tasks, one with a single one.
    stamps: [task(1, 102, 112, 113), task(2, 104, 124, 125), task(1, 113, 123, 124), task(1, 125, 147, 149)],
    counts: { done: 4, failed: 0, retried: 0, cancelled: 0 },
  };
  const life = { askedMs: 60, readyMs: 100, pass, dismissedMs: 150, goneMs: 158 };

  it('are cut by the stamps of each worker and averaged over all', () => {
    const parts = timeParts(life, 2, null);
    expect(parts).toEqual({
      wholeMs: 98,
      spawnMs: 40,
      firstTaskMs: (10 + 20) / 2,
      computeMs: (10 + 22) / 2,
      serializeMs: null,
      transferMs: (2 + 1 + 2 + 2 + 4 + 1) / 2,
      waitingMs: (1 + 25) / 2,
      teardownMs: 8,
    });
  });

  it('add up to the whole, with workers that had no task, and with a serialization taken out of transfer', () => {
    for (const workers of [2, 3, 8])
      for (const serialize of [null, 1, 1000]) {
        const parts = timeParts(life, workers, serialize);
        expect(sumOfParts(parts)).toBeCloseTo(parts.wholeMs, 9);
        expect(parts.transferMs).toBeGreaterThanOrEqual(0);
      }
  });
});

describe('the parts of several lives', () => {
  const life = {
    wholeMs: 100,
    spawnMs: 40,
    firstTaskMs: 10,
    computeMs: 30,
    serializeMs: 1,
    transferMs: 4,
    waitingMs: 5,
    teardownMs: 10,
  };

  it('are their means, which add up as well', () => {
    const mean = meanParts([life, { ...life, wholeMs: 130, computeMs: 60 }, { ...life, wholeMs: 160, spawnMs: 100 }]);
    expect(mean).toMatchObject({ wholeMs: 130, spawnMs: 60, computeMs: 40, serializeMs: 1 });
    expect(mean && sumOfParts(mean)).toBeCloseTo(130, 9);
  });

  it('say nothing of what one of them does not know, and nothing at all without a life', () => {
    expect(meanParts([life, { ...life, serializeMs: null, transferMs: 5 }])?.serializeMs).toBeNull();
    expect(meanParts([])).toBeNull();
  });

  it('are kept each, with an interval around every mean that does not go below 0', () => {
    const found = livesReport([
      life,
      { ...life, wholeMs: 130, computeMs: 60, waitingMs: 1 },
      { ...life, wholeMs: 160, spawnMs: 100, waitingMs: 0 },
    ]);
    expect(found).toMatchObject({
      count: 3,
      shortestMs: 100,
      longestMs: 160,
      each: { computeMs: [30, 60, 30], waitingMs: [5, 1, 0] },
    });
    // SciPy: t.interval(0.95, 2, loc=130, scale=sem).
    expect(found?.intervals?.wholeMs?.low).toBeCloseTo(55.476, 2);
    expect(found?.intervals?.wholeMs?.high).toBeCloseTo(204.524, 2);
    expect(found?.intervals?.waitingMs?.low).toBe(0);
    expect(found?.intervals?.teardownMs).toEqual({ low: 10, high: 10 });
  });

  it('have no interval where one of them does not know it, nor of a single life', () => {
    expect(livesReport([life, { ...life, serializeMs: null }])?.intervals).toMatchObject({
      serializeMs: null,
      computeMs: { low: 30, high: 30 },
    });
    expect(livesReport([life])?.intervals?.wholeMs).toBeNull();
    expect(livesReport([])).toBeNull();
  });
});

describe('what happened at an outlier', () => {
  const rounds = {
    round: [0, 1, 2],
    makespanMs: [100, 101, 300],
    cpuMs: [200, 201, 202],
    offThreadCpuMs: [0, 0, 0],
    runQueueMs: [1, 2, 1],
    deaths: [0, 0, 0],
  };

  it('is told by what was measured there, or as not explained', () => {
    expect(happenedAt({ ...rounds, deaths: [0, 0, 2] }, 2)).toBe('2 workers died, and the lost tasks were retried.');
    expect(happenedAt({ ...rounds, runQueueMs: [1, 2, 400] }, 2)).toMatch(/waited for a core 398 ms longer/);
    expect(happenedAt({ ...rounds, cpuMs: [200, 201, 590] }, 2)).toMatch(/took 389 ms more CPU time/);
    expect(happenedAt(rounds, 2)).toBe('No measured value explains it.');
    expect(happenedAt({ ...rounds, cpuMs: [null, null, null], runQueueMs: [null, null, null] }, 2)).toBe(
      'No measured value explains it.',
    );
  });
});
