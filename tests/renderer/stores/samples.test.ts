import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, test } from 'vitest';
import { useSamples } from '../../../src/renderer/src/stores/samples';
import { FAKE_DEFAULTS } from '../fake/options';
import { sampleOf } from '../fake/samples';

const drawn = (tick: number) =>
  sampleOf({ ...FAKE_DEFAULTS, cores: 2 }, [], { tick, nowMs: tick * 100, random: () => 0.5 });

beforeEach(() => {
  setActivePinia(createPinia());
});

describe('the price of looking', () => {
  test('is not told from the start of the sampler alone, and then with it', () => {
    const samples = useSamples();
    samples.add({ ...drawn(1), observer: { cpuMs: 65, engineCpuMs: null, lateMs: 0 } });
    samples.publish(0);
    expect(samples.figures.observerShare).toBeNull();
    for (let tick = 2; tick <= 20; tick++)
      samples.add({ ...drawn(tick), observer: { cpuMs: 1, engineCpuMs: null, lateMs: 0 } });
    samples.publish(1000);
    expect(samples.figures.observerShare).toBeCloseTo((65 + 19) / 2000);
  });
});
