import type { Bridge, EngineEvent } from '../../src/contract';
import { createFakeEngine } from './fake/engine';
import type { FakeOptions } from './fake/options';

declare global {
  interface Window {
    coreloom?: Bridge;
    fakeOptions?: Partial<FakeOptions>;
    /** How much is recorded. */
    replaySeconds?: number;
    /** Plays the recorded events in real time; answers how many batches of 100 ms were played. */
    replay?: () => Promise<number>;
  }
}

const SECONDS = window.replaySeconds ?? 12;

/** Records a run before the page measures anything, so that playing it costs next to nothing. */
const engine = createFakeEngine(window.fakeOptions ?? {});
const state = structuredClone(engine.state());
const batches: EngineEvent[][] = [];
const stop = engine.bridge.on((event) => batches.at(-1)?.push(event));
for (let tick = 0; tick < SECONDS * 10; tick++) {
  batches.push([]);
  engine.advance(100);
}
stop();

const listeners = new Set<(event: EngineEvent) => void>();
window.coreloom = {
  call: (name) =>
    Promise.resolve(
      name === 'getState'
        ? { ok: true, value: state }
        : { ok: false, error: { code: 'not-available', message: 'A replay takes no commands.' } },
    ),
  on(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
window.replay = () =>
  new Promise((resolve) => {
    const beganMs = performance.now();
    let played = 0;
    const timer = setInterval(() => {
      while (played < batches.length && performance.now() - beganMs >= played * 100) {
        for (const event of batches[played] ?? []) for (const listener of listeners) listener(event);
        played++;
      }
      if (played < batches.length) return;
      clearInterval(timer);
      resolve(played);
    }, 10);
  });
