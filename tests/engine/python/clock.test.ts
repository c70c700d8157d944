import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nowMs } from '../../../src/engine/clock';
import { ENTRIES } from '../../support/paths';
import { anyInterpreter } from './support/pythons';

const interpreter = await anyInterpreter();
if (interpreter === null) console.log('Tests of the clock of Python are skipped: no Python was found.');

/** What a line of Python prints that knows the clock of Python's side. */
function said(code: string): string {
  const [program = '', ...first] = interpreter?.command ?? [];
  return execFileSync(program, [...first, '-c', `import sys, time; sys.path.insert(0, ${JSON.stringify(join(ENTRIES.labPython, '..'))}); from coreloom_host import clock; ${code}`], { encoding: 'utf8' }).trim();
}

describe.skipIf(interpreter === null)('the clock of Python', () => {
  it('is that of Node', () => {
    const beforeMs = nowMs();
    const itsMs = Number(said('print(clock.now_ms())'));
    expect(itsMs).toBeGreaterThan(beforeMs - 0.01);
    expect(itsMs).toBeLessThan(nowMs() + 0.01);
  });

  it.skipIf(process.platform === 'win32')('is on a Mac the one that goes on while it sleeps, as that of Node does', () => {
    const [its, raw] = said('print(clock.same_as_node("darwin")(), time.clock_gettime_ns(time.CLOCK_MONOTONIC_RAW))').split(' ').map(Number);
    expect(Math.abs((its ?? 0) - (raw ?? Infinity))).toBeLessThan(1e9);
  });
});
