import { rmSync } from 'node:fs';
import { expect } from 'vitest';
import { anyInterpreter } from '../engine/python/support/pythons';
import { descendants, type Running } from '../support/processes';
import { fault, NEEDS_LINUX } from './fault';
import { javascript, KINDS, python, sleepers, type Leaving, type Sleepers } from './left-behind';
import { accounted, ended, scene, type Scene } from './scene';

const NEEDS_PYTHON = (await anyInterpreter()) === null ? 'it needs a CPython' : null;

const EXECUTORS = [
  { executor: 'threads', write: javascript, endless: 'if (index === 1) for (;;);', notHere: NEEDS_LINUX },
  { executor: 'processes', write: javascript, endless: 'if (index === 1) for (;;);', notHere: NEEDS_LINUX },
  {
    executor: 'python-threads',
    write: python,
    endless: 'while input["index"] == 1: pass',
    notHere: NEEDS_LINUX ?? NEEDS_PYTHON,
  },
  {
    executor: 'python-processes',
    write: python,
    endless: 'while input["index"] == 1: pass',
    notHere: NEEDS_LINUX ?? NEEDS_PYTHON,
  },
];

const AREA = 'What tasks start and leave behind';

for (const { executor, write, endless, notHere } of EXECUTORS) {
  /** Starts a run whose first task leaves processes behind, and waits until it has. */
  const begin = async (
    args: readonly string[],
    leaving?: Leaving,
  ): Promise<{ place: Scene; running: Running; left: Sleepers }> => {
    const [place, left] = [scene(), sleepers()];
    const began = place.file('began', '');
    rmSync(began);
    const running = place.coreloom(['run', write(place, left, began, leaving), `--${executor}`, '1', ...args]);
    await place.appeared(began);
    return { place, running, left };
  };

  fault(
    {
      area: AREA,
      fault: `a run on ${executor} ends`,
      promise: 'all of it runs as long as its worker, and is ended with the run',
      notHere,
    },
    async () => {
      const { place, running, left } = await begin(['--tasks', '4']);
      await expect.poll(() => left.running().length, { timeout: 10_000 }).toBeGreaterThanOrEqual(KINDS);
      expect((await ended(place, running)).code).toBe(0);
      // The command waits for it.
      expect(left.running()).toEqual([]);
      place.noFileLeft();
    },
  );

  fault(
    {
      area: AREA,
      fault: `the next task of that worker of ${executor} never returns`,
      promise: 'it is ended with the worker at its deadline; the run goes on',
      notHere,
    },
    async () => {
      const { place, running, left } = await begin(['--tasks', '8', '--deadline', '500ms'], { then: endless });
      await left.gone();
      expect(running.child.exitCode).toBeNull();
      const { err } = await ended(place, running);
      expect(accounted(place.reports()[0]).totals.counts, err).toMatchObject({ done: 7, failed: 1 });
    },
  );

  fault(
    {
      area: AREA,
      fault: `the command that runs it on ${executor} is killed`,
      promise: 'it is ended with the workers',
      notHere,
    },
    async () => {
      const { place, running, left } = await begin(['--duration', '60s'], { secret: false });
      running.child.kill('SIGKILL');
      await ended(place, running);
      await left.gone();
    },
  );

  fault(
    {
      area: AREA,
      fault: `the command and all beneath it are suspended, and then it is killed, on ${executor}`,
      promise: 'it is ended with the workers',
      notHere,
    },
    async () => {
      const { place, running, left } = await begin(['--duration', '60s'], { secret: false });
      for (const pid of [...descendants(running.pid), running.pid]) process.kill(pid, 'SIGSTOP');
      running.child.kill('SIGKILL');
      await ended(place, running);
      await left.gone();
    },
  );
}

fault(
  {
    area: AREA,
    fault: 'a module starts something while it is loading',
    promise: 'it is ended once the module was checked, and with the run',
    notHere: NEEDS_LINUX,
  },
  async () => {
    const [place, left] = [scene(), sleepers()];
    const module = place.file(
      'loads.mjs',
      `import { spawn } from 'node:child_process';
spawn('sleep', ['${left.seconds}'], { detached: true, stdio: 'ignore', env: {} }).unref();
spawn('sleep', ['${left.seconds}']);
export const task = () => 1;
`,
    );
    const running = place.coreloom(['run', module, '--threads', '1', '--tasks', '4']);
    expect((await ended(place, running)).code).toBe(0);
    expect(left.running()).toEqual([]);
  },
);

fault(
  {
    area: 'A process of the run is stopped',
    fault: 'every process of a lab, and then the command is killed',
    promise: 'nothing is left',
    notHere: NEEDS_LINUX,
  },
  async () => {
    const place = scene();
    const running = place.coreloom(['lab', 'ipc']);
    await place.process(running, /lab-worker\.js/);
    for (const pid of [...descendants(running.pid), running.pid]) process.kill(pid, 'SIGSTOP');
    running.child.kill('SIGKILL');
    await ended(place, running);
  },
);
