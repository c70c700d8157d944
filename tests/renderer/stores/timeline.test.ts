import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, test } from 'vitest';
import { useTimeline } from '../../../src/renderer/src/stores/timeline';
import { asLiveState, liveIn } from '../../support/experiment-state';
import { createFakeEngine } from '../fake/engine';

const RUN = { workload: 'sha256', workers: { threads: 2, processes: 1 }, taskMs: 20 };

beforeEach(() => {
  setActivePinia(createPinia());
});

describe('the rates of a page that is loaded in the middle of a run', () => {
  test('are those that the engine kept, and go on from there', () => {
    const fake = createFakeEngine({ cores: 4, historyMs: 30_000, run: RUN });
    const timeline = useTimeline();
    fake.bridge.on((event) => {
      if (event.type === 'experiment-changed') timeline.addRates(asLiveState(event.experiment));
    });
    const state = fake.state();
    const { rates } = state.recent!;
    timeline.load(state.recent!, liveIn(state)!);
    const before = rates.atMs.length;
    expect(before).toBeGreaterThan(100);
    expect(timeline.rates.length).toBe(before);
    expect(timeline.rates.executors()).toEqual(['threads', 'processes']);
    fake.advance(500);
    expect(timeline.rates.length).toBe(before + 5);
    expect(timeline.rates.value('threads', before + 4)).toBeCloseTo(
      liveIn(fake.state())?.executors[0]?.throughput ?? -1,
    );
  });

  test('come with who waited for the lock, also before now', () => {
    const fake = createFakeEngine({
      python: '3.13',
      cores: 4,
      historyMs: 30_000,
      run: { workload: 'primes', workers: { 'python-threads': 2 }, taskMs: 20 },
    });
    const timeline = useTimeline();
    const state = fake.state();
    const { rates } = state.recent!;
    timeline.load(state.recent!, liveIn(state)!);
    const now = rates.atMs.at(-1) ?? 0;
    expect(timeline.locks.shareAt('python-threads', 1, now - 5000)).toBeCloseTo(0.48);
    expect(timeline.locks.shareAt('python-threads', 1, now - 20_000)).toBeNull();
  });
});
