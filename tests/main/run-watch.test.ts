import { describe, expect, it } from 'vitest';
import type { EngineEvent, RunPhase, RunState } from '../../src/contract';
import { watchRun } from '../../src/main/run-watch';

describe('watchRun', () => {
  it('knows whether a run is on from what the engine tells', () => {
    let listener: (event: EngineEvent) => void = () => undefined;
    const watch = watchRun({
      on: (given) => {
        listener = given;
        return () => undefined;
      },
    });
    const tell = (type: 'run-changed' | 'run-ended', phase: RunPhase): boolean => {
      listener({ type, run: { phase } as RunState });
      return watch.isActive();
    };
    expect(watch.isActive()).toBe(false);
    for (const phase of ['calibrating', 'starting', 'running', 'stopping'] as const) expect(tell('run-changed', phase)).toBe(true);
    expect(tell('run-ended', 'ended')).toBe(false);
    expect(tell('run-changed', 'ended')).toBe(false);
  });
});
