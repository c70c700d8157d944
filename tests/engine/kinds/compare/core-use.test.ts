import { describe, expect, it } from 'vitest';
import { coreUse } from '../../../../src/engine/kinds/compare/core-use';
import { coreTimesBetween } from '../../../../src/engine/metrics/tick/cpu-times';

const round = (...shares: number[]) =>
  shares.map((share, core) => ({ core, busyMs: share * 200, idleMs: (1 - share) * 200, ownMs: null }));

describe('the cores while a contender ran', () => {
  it('are as busy as between two readings, also as others came and went', () => {
    const before = [
      { core: 0, busyMs: 100, idleMs: 1000 },
      { core: 1, busyMs: 50, idleMs: 50 },
      { core: 2, busyMs: 1, idleMs: 1 },
    ];
    const after = [
      { core: 0, busyMs: 130, idleMs: 1070 },
      { core: 2, busyMs: 11, idleMs: 0 },
      { core: 3, busyMs: 5, idleMs: 5 },
    ];
    expect(coreTimesBetween(before, after)).toEqual([
      { core: 0, busyMs: 30, idleMs: 70 },
      { core: 2, busyMs: 10, idleMs: 0 },
    ]);
  });

  it('have a value a round, and one for all', () => {
    expect(coreUse([round(1, 0.5), round(0.5, 0)])).toEqual({
      cores: [0, 1],
      busy: [0.75, 0.25],
      series: [
        [1, 0.5],
        [0.5, 0],
      ],
      own: null,
    });
  });

  it('are split into what the contender used and everything else, and it is never more than the core was busy', () => {
    // It waits, while others fill both cores: little of them is its own.
    const waiting = [
      { core: 0, busyMs: 200, idleMs: 0, ownMs: 4 },
      { core: 1, busyMs: 190, idleMs: 10, ownMs: 0 },
    ];
    expect(coreUse([waiting, waiting])?.own).toEqual({
      busy: [0.02, 0],
      series: [
        [0.02, 0.02],
        [0, 0],
      ],
    });
    // A thread that moved: what does not fit on one core was used on the other.
    const moved = [
      { core: 0, busyMs: 100, idleMs: 100, ownMs: 150 },
      { core: 1, busyMs: 100, idleMs: 100, ownMs: 0 },
    ];
    expect(coreUse([moved])?.own?.busy).toEqual([0.5, 0.25]);
  });

  it('are not split where one round does not tell who used them', () => {
    const told = round(1).map((times) => ({ ...times, ownMs: 100 }));
    expect(coreUse([told, told])?.own?.busy).toEqual([0.5]);
    expect(coreUse([told, round(1)])?.own).toBeNull();
  });

  it('weigh rounds by their length', () => {
    const long = [{ core: 0, busyMs: 900, idleMs: 0, ownMs: null }];
    expect(coreUse([long, [{ core: 0, busyMs: 0, idleMs: 100, ownMs: null }]])?.busy).toEqual([0.9]);
  });

  it('put short rounds together, and say nothing of too little', () => {
    const short = (share: number) => [{ core: 0, busyMs: share * 40, idleMs: (1 - share) * 40, ownMs: null }];
    expect(coreUse([short(1), short(1), short(1), short(0), short(0), short(0), short(0)])?.series).toEqual([[1, 0]]);
    expect(coreUse([short(1), short(1)])).toBeNull();
    expect(coreUse([])).toBeNull();
    expect(coreUse([[]])).toBeNull();
  });

  it('have no more values than can be drawn, and none is left out', () => {
    const use = coreUse(Array.from({ length: 500 }, (_, at) => round(at < 250 ? 1 : 0)));
    expect(use?.busy).toEqual([0.5]);
    expect(use?.series[0]?.length).toBeLessThanOrEqual(60);
  });

  it('are those that were there in every round and told something', () => {
    expect(
      coreUse([
        round(1, 1),
        [
          { core: 0, busyMs: 200, idleMs: 0, ownMs: null },
          { core: 1, busyMs: 0, idleMs: 0, ownMs: null },
        ],
      ])?.cores,
    ).toEqual([0]);
    expect(coreUse([round(1, 1), round(1)])?.cores).toEqual([0]);
  });
});
