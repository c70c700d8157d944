import type { Bridge } from '../../src/contract';
import { createFakeEngine, type FakeEngine } from './fake/engine';
import type { FakeOptions } from './fake/options';

declare global {
  interface Window {
    coreloom?: Bridge;
    /** Set by the test that opens the page, before it loads. */
    fakeOptions?: Partial<FakeOptions>;
    fakeEngine?: FakeEngine;
  }
}

/** Puts a fake engine into the page in the bridge's place and lets it live in real time. */
const engine = createFakeEngine(window.fakeOptions ?? {});
window.fakeEngine = engine;
window.coreloom = engine.bridge;

const origin = performance.now() - engine.nowMs;
setInterval(() => {
  const behind = performance.now() - origin - engine.nowMs;
  // A page that slept catches up by a second at most.
  if (behind >= 100) engine.advance(Math.min(1000, Math.floor(behind / 100) * 100));
}, 20);
