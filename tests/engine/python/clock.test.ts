import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nowMs } from '../../../src/engine/system/clock';
import type { ExecutorEvent, TaskOutcome } from '../../../src/engine/executor';
import { readFigure } from '../../support/figures';
import { ENTRIES } from '../../support/paths';
import { anyInterpreter, create, type TestTask } from './support/pythons';

const interpreter = await anyInterpreter();
if (interpreter === null) console.log('Tests of the clock of Python are skipped: no Python was found.');

/** What a line of Python prints that knows the clock of Python's side. */
function said(code: string): string {
  const [program = '', ...first] = interpreter?.command ?? [];
  return execFileSync(
    program,
    [
      ...first,
      '-c',
      `import sys, time; sys.path.insert(0, ${JSON.stringify(join(ENTRIES.labPython, '..'))}); from coreloom_host import clock; ${code}`,
    ],
    { encoding: 'utf8' },
  ).trim();
}

describe.skipIf(interpreter === null)('the clock of Python', () => {
  it('is that of Node', () => {
    const beforeMs = nowMs();
    const itsMs = Number(said('print(clock.now_ms())'));
    expect(itsMs).toBeGreaterThan(beforeMs - 0.01);
    expect(itsMs).toBeLessThan(nowMs() + 0.01);
  });

  it.skipIf(process.platform === 'win32')(
    'is on a Mac the one that goes on while it sleeps, as that of Node does',
    () => {
      const [its, raw] = said('print(clock.same_as_node("darwin")(), time.clock_gettime_ns(time.CLOCK_MONOTONIC_RAW))')
        .split(' ')
        .map(Number);
      expect(Math.abs((its ?? 0) - (raw ?? Infinity))).toBeLessThan(1e9);
    },
  );
});

const HELLO_IS_OLD =
  'import coreloom_host.main as main; real = main.now_ms; main.now_ms = lambda: real() - 1848; main.main()';
const ANOTHER_CLOCK =
  'from coreloom_host import clock; real = clock.now_ns; clock.now_ns = lambda: real() + 60 * 10**9; clock.now_ms = lambda: clock.now_ns() / 1e6; from coreloom_host.main import main; main()';

/** One task on a host that begins with this line of Python, and what is said beside it. */
async function ranOn(
  code: string,
  options: { oneClock?: boolean },
): Promise<{ outcome: TaskOutcome<TestTask, unknown>; warnings: string[] }> {
  const [program = ''] = interpreter?.command ?? [];
  const command = [program, '-c', `import os, sys; sys.path.insert(0, os.path.dirname(sys.argv[1])); ${code}`];
  const executor = create({ name: 'python-threads', interpreter: { ...interpreter!, command } }, undefined, options);
  const events: ExecutorEvent[] = [];
  executor.on((event) => events.push(event));
  executor.resize(1);
  const outcome = await executor.submit({ kind: 'echo', value: 1 });
  await executor.close();
  return { outcome, warnings: events.flatMap((event) => (event.type === 'warning' ? [event.warning.message] : [])) };
}

/** How much the times of a task are outside of when it was given and answered, ms. */
function outsideMs(
  { state, queuedMs, startedMs, finishedMs }: TaskOutcome<TestTask, unknown>,
  answeredMs: number,
): number {
  expect(state).toBe('done');
  return Math.max(queuedMs - (startedMs ?? NaN), finishedMs - answeredMs);
}

describe.skipIf(interpreter === null)('the times of tasks', () => {
  it.each([
    ['where both are one clock', { oneClock: true }],
    ['where it is asked for', { oneClock: false }],
  ])('are not corrected by a message that is read late, %s', async (_where, options) => {
    const { outcome, warnings } = await ranOn(HELLO_IS_OLD, options);
    expect(outsideMs(outcome, nowMs())).toBeLessThanOrEqual(0);
    expect(warnings).toEqual([]);
  });

  it('are corrected where Python has another clock, which is said with how well it is known', async () => {
    const { outcome, warnings } = await ranOn(ANOTHER_CLOCK, { oneClock: false });
    const [, ahead = '', uncertain = ''] =
      /^Python's clock is (.+) ahead of Node's here, give or take (.+); times of python-threads are corrected by that\.$/.exec(
        warnings[0] ?? '',
      ) ?? [];
    const [offMs, uncertainMs] = [readFigure('duration', ahead), readFigure('duration', uncertain).says];
    expect(Math.abs(offMs.says - 60_000)).toBeLessThanOrEqual(uncertainMs + offMs.lastDigit);
    expect(outsideMs(outcome, nowMs())).toBeLessThanOrEqual(uncertainMs + 0.01);
  });
});
