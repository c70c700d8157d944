import { EventEmitter } from 'node:events';
import type { BrowserWindow } from 'electron';
import { beforeEach, describe, expect, it } from 'vitest';
import { USUAL_APP_SETTINGS, type ExperimentState } from '../../src/contract';
import { showExperimentSigns } from '../../src/main/experiment-signs';
import { fakeEngine, type FakeEngine } from '../support/fake-engine';

const state = (over: Partial<ExperimentState> = {}): ExperimentState =>
  ({ kind: 'compare', id: 'one', progress: null, outcome: null, failure: null, ...over }) as ExperimentState;

let engine: FakeEngine;
let notify: boolean;
let atMs: number;
let focused: boolean;
let bars: number[];
let awake: Set<number>;
let told: { text: { title: string; body: string }; shown: boolean; events: EventEmitter }[];
let stop: () => void;
let forward: string[];

beforeEach(() => {
  [notify, atMs, focused, bars, awake, told, forward] = [true, 0, false, [], new Set(), [], []];
  const values = (): object => ({ values: { ...USUAL_APP_SETTINGS, notify }, folder: '', fault: null });
  engine = fakeEngine(() => ({ ok: true, value: values() }));
  let blocks = 0;
  stop = showExperimentSigns({
    engine,
    window: {
      isDestroyed: () => false,
      isFocused: () => focused,
      isMinimized: () => false,
      isVisible: () => true,
      focus: () => forward.push('focus'),
      setProgressBar: (share: number) => bars.push(share),
    } as unknown as BrowserWindow,
    blocker: {
      start: (type) => {
        expect(type).toBe('prevent-app-suspension');
        awake.add(++blocks);
        return blocks;
      },
      stop: (id) => awake.delete(id),
    },
    createNotification: (text) => {
      const one = { text, shown: false, events: new EventEmitter() };
      told.push(one);
      return Object.assign(one.events, { show: () => (one.shown = true) }) as never;
    },
    nowMs: () => atMs,
  });
});

/** An experiment from its start to its end, and what follows from it. */
async function run(tookMs: number, over: Partial<ExperimentState> = {}): Promise<void> {
  engine.emit({ type: 'experiment-changed', experiment: state() });
  atMs += tookMs;
  const ended = state({ outcome: 'completed', ...over });
  engine.emit({ type: 'experiment-changed', experiment: ended });
  engine.emit({ type: 'experiment-ended', experiment: ended });
  await new Promise((resolve) => setImmediate(resolve));
}

describe('an experiment that is on', () => {
  it('shows its progress, endless where that is not known, and takes the bar away', async () => {
    engine.emit({ type: 'experiment-changed', experiment: state() });
    engine.emit({ type: 'experiment-changed', experiment: state({ progress: 0.25 }) });
    await run(100);
    expect(bars).toEqual([2, 0.25, 2, -1]);
  });

  it('keeps the machine awake, once, until its end or that of the app', async () => {
    engine.emit({ type: 'experiment-changed', experiment: state() });
    engine.emit({ type: 'experiment-changed', experiment: state({ progress: 0.5 }) });
    expect(awake.size).toBe(1);
    await run(100);
    expect(awake.size).toBe(0);
    engine.emit({ type: 'experiment-changed', experiment: state({ id: 'two' }) });
    stop();
    expect(awake.size).toBe(0);
    expect(engine.listeners()).toBe(0);
  });
});

describe('an experiment that ended', () => {
  it('is told where it took long and the window is behind, which a click brings forward', async () => {
    await run(10_001);
    expect(told).toMatchObject([{ text: { title: 'Comparison: completed' }, shown: true }]);
    told[0]?.events.emit('click');
    expect(forward).toEqual(['focus']);
  });

  it('says why it failed', async () => {
    await run(20_000, { outcome: 'failed', failure: { code: 'worker-died', message: 'Every worker died.' } });
    expect(told).toMatchObject([{ text: { body: 'Every worker died.' } }]);
  });

  it.each([
    ['it was short', () => 10_000],
    ['the window is in front', () => ((focused = true), 20_000)],
    ['the settings say so', () => ((notify = false), 20_000)],
  ])('is not told where %s', async (_, prepare) => {
    await run(prepare());
    expect(told).toEqual([]);
  });
});
