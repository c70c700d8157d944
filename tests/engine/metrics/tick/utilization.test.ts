import { describe, expect, it } from 'vitest';
import type { SmoothedTick } from '../../../../src/engine/metrics/tick/smoothing';
import { coreUtilization } from '../../../../src/engine/metrics/tick/utilization';

function tick(grown: Record<string, [number, number][]>): SmoothedTick {
  return {
    atMs: 1100,
    intervalMs: 100,
    grown: new Map(Object.entries(grown).map(([name, cores]) => [name, new Map(cores)])),
  };
}

describe('coreUtilization', () => {
  it('is the busy share of exactly what the counters say elapsed, by core number', () => {
    const result = coreUtilization(
      tick({
        busy: [
          [2, 30],
          [0, 110],
        ],
        idle: [
          [2, 90],
          [0, 0],
        ],
      }),
      false,
    );
    expect(result).toEqual({ atMs: 1100, intervalMs: 100, cores: [0, 2], utilization: [1, 0.25], byExecutor: null });
  });

  it('leaves out a core whose counters stood still, for nothing is known of it', () => {
    expect(
      coreUtilization(
        tick({
          busy: [
            [0, 0],
            [1, 0],
          ],
          idle: [
            [0, 0],
            [1, 100],
          ],
        }),
        false,
      ),
    ).toMatchObject({ cores: [1], utilization: [0] });
  });

  it('states each executor as a share of the core', () => {
    const result = coreUtilization(
      tick({ busy: [[0, 80]], idle: [[0, 20]], threads: [[0, 50]], processes: [[0, 20]] }),
      true,
    );
    expect(result.byExecutor).toEqual({ threads: [0.5], processes: [0.2] });
  });

  it('knows that nobody was attributed anything where no worker is watched', () => {
    expect(coreUtilization(tick({ busy: [[0, 80]], idle: [[0, 20]] }), true).byExecutor).toEqual({});
  });
});
