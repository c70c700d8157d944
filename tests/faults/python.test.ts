import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { anyInterpreter } from '../engine/python/support/pythons';
import { fault, NEEDS_LINUX } from './fault';
import { accounted, ended, scene, type Scene } from './scene';

const NEEDS_PYTHON = (await anyInterpreter()) === null ? 'it needs a CPython' : null;
const notHere = NEEDS_LINUX ?? NEEDS_PYTHON;
const TASKS = 16;
const COUNT = ['--tasks', String(TASKS)];

/** A module whose every eighth task does harm; the others take 20 ms. */
function module(place: Scene, harm: string): string {
  return place.file(
    'task.py',
    `import ctypes, os, re, signal, socket, time
def task(input, context):
    if input["index"] % 8 != 5:
        time.sleep(0.02)
        return input["index"]
    ${harm}
    return input["index"]
`,
  );
}

interface Row {
  fault: string;
  harm: string;
  failed: number;
  said?: RegExp;
  more?: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    fault: 'closes the descriptors 3 to 63',
    harm: 'os.closerange(3, 64)',
    failed: 2,
    said: /descriptor \d+ belongs to Coreloom .*task\.py:6/,
  },
  {
    fault: 'closes every descriptor',
    harm: 'os.closerange(3, 1 << 20)',
    failed: 2,
    said: /descriptor \d+ belongs to Coreloom .*task\.py:6/,
  },
  {
    fault: 'closes every descriptor behind Python’s back',
    harm: 'for fd in range(3, 1100): ctypes.CDLL(None).close(fd)',
    failed: 2,
    said: /task\.py:2: .*descriptors that the task had not opened were closed/,
  },
  {
    fault: 'ends its process by a signal',
    harm: 'os.kill(os.getpid(), signal.SIGTERM); time.sleep(60)',
    failed: 2,
    said: /task\.py:6: the task calls os\.kill/,
  },
  {
    fault: 'becomes another program',
    harm: 'os.execlp("sleep", "sleep", "60")',
    failed: 2,
    said: /task\.py:6: the task calls os\.execv/,
  },
  {
    fault: 'keeps the interpreter lock and computes',
    harm: 're.match("(a+)+$", "a" * 60 + "b")',
    failed: 2,
    said: /the task did not return within 1 s/,
    more: ['--deadline', '1s'],
  },
  {
    fault: 'keeps the interpreter lock and sleeps',
    harm: 'ctypes.PyDLL(None).sleep(1000)',
    failed: 2,
    said: /the task did not return within 1 s/,
    more: ['--deadline', '1s'],
  },
];

for (const executor of ['python-threads', 'python-processes']) {
  for (const row of ROWS) {
    fault(
      {
        area: `A task in Python (${executor})`,
        fault: row.fault,
        promise: 'it alone fails, and is named; the others are done; nothing is left',
        notHere,
      },
      async () => {
        const place = scene();
        const running = place.coreloom([
          'run',
          module(place, row.harm),
          `--${executor}`,
          '3',
          ...COUNT,
          ...(row.more ?? []),
        ]);
        const { err } = await ended(place, running);
        const report = accounted(place.reports()[0]);
        expect(report.totals.counts, err).toMatchObject({ done: TASKS - row.failed, failed: row.failed, cancelled: 0 });
        for (const { message } of report.tasks.errors) expect(message).toMatch(row.said ?? /^$/);
        expect(Math.max(...report.tasks.attempts)).toBeLessThanOrEqual(8);
        place.noFileLeft();
      },
    );
  }
}

fault(
  {
    area: 'A process of the run is stopped and continued',
    fault: 'the process of the Python threads, for most of a task’s deadline',
    promise: 'no task missed the deadline: every task is done',
    notHere,
  },
  async () => {
    const place = scene();
    const mark = place.file('began', '');
    rmSync(mark);
    const source = `import time\ndef task(input, context):\n    open(${JSON.stringify(mark)}, "w").close()\n    time.sleep(0.7)\n`;
    const running = place.coreloom([
      'run',
      place.file('task.py', source),
      '--python-threads',
      '2',
      '--tasks',
      '4',
      '--deadline',
      '1s',
    ]);
    const host = await place.process(running, /host\.py/);
    await place.appeared(mark);
    process.kill(host, 'SIGSTOP');
    await pause(600);
    process.kill(host, 'SIGCONT');
    const { err } = await ended(place, running);
    expect(accounted(place.reports()[0]).totals.counts, err).toMatchObject({ done: 4, failed: 0 });
  },
);

fault(
  {
    area: 'The command itself',
    fault: 'stopped while its Python starts, so that the first message is read late',
    promise: 'this shifts no time: no task ends after the run, and no warning mentions clocks',
    notHere,
  },
  async () => {
    const place = scene();
    const running = place.coreloom(['run', 'sleep', '--size', '5', '--python-threads', '2', ...COUNT]);
    await place.process(running, /host\.py/);
    process.kill(running.pid, 'SIGSTOP');
    await pause(2_000);
    process.kill(running.pid, 'SIGCONT');
    await ended(place, running);
    const report = accounted(place.reports()[0]);
    expect(report.warnings.join(' ')).not.toContain('clock');
    // Reports round times of tasks to microseconds.
    expect(Math.max(...report.tasks.finishedMs)).toBeLessThanOrEqual(report.elapsedMs + 0.001);
  },
);
