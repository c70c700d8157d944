import { describe, expect, it } from 'vitest';
import type { EngineEvent, ErrorCode, ExperimentKind, ExperimentState } from '../../src/contract';
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
  const fail = (code: ErrorCode, unsaved?: string): void => {
    listener({ type: 'warning', warning: { code, message: `It failed: ${code}.` }, unsaved });
  };
  /** An experiment from its beginning to its end, whose report may not be saved. */
  const measure = (kind: ExperimentKind, id: string, code?: ErrorCode): void => {
    const experiment = { kind, id } as ExperimentState;
    listener({ type: 'experiment-changed', experiment });
    if (code) fail(code, id);
    listener({ type: 'experiment-changed', experiment });
    listener({ type: 'experiment-ended', experiment });
  };
  const run = (id: string, code?: ErrorCode): void => {
    measure('live', id, code);
  };
  const compare = (id: string, code?: ErrorCode): void => {
    measure('compare', id, code);
  };
  return { unsaved, warned, fail, run, compare };
}

describe('the unsaved report', () => {
  it('is none at first, nor after a warning about something else', () => {
    const { unsaved, run, fail, warned } = watching();
    run('a');
    // Before a run it is said that its report will not be saved: that is not about the one before it.
    fail('not-writable');
    expect([unsaved.reason(), warned]).toEqual([null, ['It failed: not-writable.']]);
  });

  it.each(['disk-full', 'not-writable'] as const)('is there after %s, until it is exported', (code) => {
    const { unsaved, run, warned } = watching();
    run('a', code);
    expect(unsaved.reason()).toBe(`It failed: ${code}.`);
    expect(warned).toEqual([`It failed: ${code}.`]);
    unsaved.exported('{ "id": "another" }');
    expect(unsaved.reason()).not.toBeNull();
    unsaved.exported('{ "id": "a" }');
    expect(unsaved.reason()).toBeNull();
  });

  it('gives way to the next of its kind, once that has ended', () => {
    const { unsaved, run } = watching();
    run('a', 'disk-full');
    run('b');
    expect(unsaved.reason()).toBeNull();
    run('c', 'disk-full');
    run('d', 'not-writable');
    expect(unsaved.reason()).toBe('It failed: not-writable.');
  });

  it('may be of a comparison, which outlives the next run and gives way to the next comparison', () => {
    const { unsaved, run, compare } = watching();
    compare('a', 'disk-full');
    run('b');
    expect(unsaved.reason()).toBe('It failed: disk-full.');
    run('c', 'not-writable');
    compare('d');
    expect(unsaved.reason()).toBe('It failed: not-writable.');
    unsaved.exported('{ "id": "c" }');
    expect(unsaved.reason()).toBeNull();
  });
});
