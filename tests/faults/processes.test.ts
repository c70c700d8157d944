import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { anyInterpreter } from '../engine/python/support/pythons';
import { descendants, type Running } from '../support/processes';
import { fault, NEEDS_LINUX } from './fault';
import { accounted, ended, scene, type Scene } from './scene';

const NEEDS_PYTHON = (await anyInterpreter()) === null ? 'it needs a CPython' : null;
const TASKS = 24;
const COUNT = ['--tasks', String(TASKS)];
const SLEEP = ['run', 'sleep', '--size', '100', ...COUNT];

interface Role {
  who: string;
  args: (place: Scene) => string[];
  command: RegExp;
  notHere?: string | null;
}

const ROLES: readonly Role[] = [
  { who: 'a forked worker', args: () => [...SLEEP, '--processes', '2'], command: /fork\.js/ },
  {
    who: 'the process that holds the threads of a module',
    args: (place) => ['run', slowModule(place), ...COUNT, '--threads', '2'],
    command: /thread-host\.js/,
  },
  {
    who: 'the process of the Python threads',
    args: () => [...SLEEP, '--python-threads', '2'],
    command: /host\.py/,
    notHere: NEEDS_PYTHON,
  },
  {
    who: 'the process that starts Python processes',
    args: () => [...SLEEP, '--python-processes', '2'],
    command: /host\.py/,
    notHere: NEEDS_PYTHON,
  },
  { who: 'the sampler', args: () => [...SLEEP, '--threads', '2'], command: /sampler\.js/ },
  { who: 'the guard', args: () => [...SLEEP, '--processes', '2'], command: /guard\.js/ },
];

for (const { who, args, command, notHere } of ROLES) {
  const held = (strike: (pid: number) => Promise<void>) => async (): Promise<void> => {
    const place = scene();
    const running = place.coreloom(args(place));
    await strike(await place.process(running, command));
    const { code, err } = await ended(place, running);
    const report = accounted(place.reports()[0]);
    expect(report.totals.counts, err).toMatchObject({ done: TASKS, failed: 0, cancelled: 0 });
    expect([code, report.outcome]).toEqual([0, 'completed']);
    place.noFileLeft();
  };
  fault(
    {
      area: 'A process of the run is killed',
      fault: who,
      promise: `all ${String(TASKS)} tasks are done, each once; nothing is left`,
      notHere: NEEDS_LINUX ?? notHere ?? null,
    },
    held(async (pid) => {
      process.kill(pid, 'SIGKILL');
    }),
  );
  fault(
    {
      area: 'A process of the run is stopped and continued',
      fault: who,
      promise: `all ${String(TASKS)} tasks are done, each once; nothing is left`,
      notHere: NEEDS_LINUX ?? notHere ?? null,
    },
    held(async (pid) => {
      process.kill(pid, 'SIGSTOP');
      await pause(400);
      process.kill(pid, 'SIGCONT');
    }),
  );
}

/** A run of a module on two processes that has begun its first task. */
async function begun(): Promise<{ place: Scene; running: Running }> {
  const place = scene();
  const mark = place.file('began', '');
  rmSync(mark);
  const module = place.file(
    'slow.mjs',
    `import { writeFileSync } from 'node:fs';
export const task = () => { writeFileSync(${JSON.stringify(mark)}, ''); return new Promise((done) => setTimeout(done, 100)); };
`,
  );
  const running = place.coreloom(['run', module, '--processes', '2', ...COUNT]);
  await place.appeared(mark);
  return { place, running };
}

fault(
  {
    area: 'The command itself',
    fault: 'stopped and continued in the middle of a run',
    promise: 'every task is done once, and the report says that it stood still',
    notHere: NEEDS_LINUX,
  },
  async () => {
    const { place, running } = await begun();
    process.kill(running.pid, 'SIGSTOP');
    await pause(1_500);
    process.kill(running.pid, 'SIGCONT');
    const { code } = await ended(place, running);
    const report = accounted(place.reports()[0]);
    expect([code, report.totals.counts.done]).toEqual([0, TASKS]);
    expect(report.warnings.join(' ')).toMatch(/Coreloom did not run for/);
  },
);

fault(
  {
    area: 'The command itself',
    fault: 'Ctrl-C in the middle of a run',
    promise: 'exit 130; the report is saved as cancelled with what was measured',
    notHere: NEEDS_LINUX,
  },
  async () => {
    const { place, running } = await begun();
    running.signalGroup('SIGINT');
    expect((await ended(place, running)).code).toBe(130);
    expect(accounted(place.reports()[0]).outcome).toBe('cancelled');
    place.noFileLeft();
  },
);

fault(
  {
    area: 'The command itself',
    fault: 'everything is suspended and continued, as when the machine sleeps',
    promise: 'every task is done once, and the report says that it stood still',
    notHere: NEEDS_LINUX,
  },
  async () => {
    const { place, running } = await begun();
    const all = [running.pid, ...descendants(running.pid)];
    for (const pid of all) process.kill(pid, 'SIGSTOP');
    await pause(1_500);
    for (const pid of all.toReversed()) process.kill(pid, 'SIGCONT');
    const { code, err } = await ended(place, running);
    const report = accounted(place.reports()[0]);
    expect([code, report.totals.counts], err).toEqual([0, { done: TASKS, failed: 0, retried: 0, cancelled: 0 }]);
    expect(report.warnings.join(' ')).toMatch(/Coreloom did not run for/);
  },
);

for (const lab of ['ipc', 'memory', 'race', 'startup'] as const) {
  const sides = { ipc: /lab\.js/, memory: /lab\.js/, race: /lab\.js/, startup: /(fork|lab)\.js/ }[lab];
  fault(
    {
      area: 'A process of a lab is killed',
      fault: `${lab}: one of its processes`,
      promise: 'the lab goes on without that case, says so and exits with 1; nothing is left',
      notHere: NEEDS_LINUX,
    },
    async () => {
      const place = scene();
      // None of its cases is in Python: they are not what is killed.
      const running = place.coreloom(['lab', lab, '--quick', '--python', '/bin/false']);
      process.kill(await place.process(running, sides), 'SIGKILL');
      const { code, err } = await ended(place, running);
      expect(code, err).toBe(1);
      expect(place.reports().map(({ outcome }) => outcome)).toEqual(['tasks-failed']);
      place.noFileLeft();
    },
  );
}

for (const strike of ['SIGKILL', 'SIGSTOP'] as const) {
  fault(
    {
      area: 'A process of the run is killed',
      fault: `the process that checks a module before the run (${strike})`,
      promise: 'one sentence says that it ended or did not answer; exit 1; nothing is left',
      notHere: NEEDS_LINUX,
    },
    async () => {
      const place = scene();
      const running = place.coreloom([
        'run',
        place.file('slow.mjs', 'await new Promise((done) => setTimeout(done, 1_000)); export const task = () => 1;'),
        '--processes',
        '1',
        ...COUNT,
      ]);
      process.kill(await place.process(running, /module-inspect\.js/), strike);
      const { code, err } = await ended(place, running);
      expect(code, err).toBe(1);
      expect(err.trim().split('\n')).toHaveLength(1);
      place.noFileLeft();
    },
  );
}

function slowModule(place: Scene): string {
  return place.file('slow.mjs', 'export const task = () => new Promise((done) => setTimeout(done, 100));\n');
}
