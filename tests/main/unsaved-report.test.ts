import { describe, expect, it } from 'vitest';
import type { EngineEvent, ErrorCode, RunPhase, RunState } from '../../src/contract';
import { watchUnsavedReport } from '../../src/main/unsaved-report';

function watching() {
  let listener: (event: EngineEvent) => void = () => undefined;
  const warned: string[] = [];
  const unsaved = watchUnsavedReport(
    {
      on: (given) => {
        listener = given;
        return () => undefined;
      },
    },
    (message) => warned.push(message),
  );
  const fail = (code: ErrorCode): void => {
    listener({ type: 'warning', warning: { code, message: `It failed: ${code}.` } });
  };
  const reach = (phase: RunPhase): void => {
    listener({ type: 'run-changed', run: { phase } as RunState });
  };
  return { unsaved, warned, fail, reach };
}

describe('the unsaved report', () => {
  it('is none at first, nor after a warning about something else', () => {
    const { unsaved, fail } = watching();
    fail('worker-died');
    expect(unsaved.reason()).toBeNull();
  });

  it.each(['disk-full', 'not-writable'] as const)('is there after %s, until it is exported', (code) => {
    const { unsaved, fail, reach, warned } = watching();
    fail(code);
    reach('ended');
    expect(unsaved.reason()).toBe(`It failed: ${code}.`);
    expect(warned).toEqual([`It failed: ${code}.`]);
    unsaved.exported();
    expect(unsaved.reason()).toBeNull();
  });

  it('gives way to the next run', () => {
    const { unsaved, fail, reach } = watching();
    fail('disk-full');
    reach('starting');
    expect(unsaved.reason()).toBeNull();
  });
});
