import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { descendantsAtALook, type Running } from '../support/processes';
import { fault, NEEDS_LINUX } from './fault';
import { accounted, ended, scene, type Scene } from './scene';

const area = 'Tasks that fail or are not done';

/** Runs a module, and holds that its tasks are accounted for; answers how the command ended and the report's outcome. */
async function ran(source: string, ...options: string[]) {
  const place = scene();
  const end = await ended(place, place.coreloom(['run', place.file('task.mjs', source), '--threads', '2', ...options]));
  const report = accounted(place.reports()[0]);
  place.noFileLeft();
  return { ...end, report };
}

const MOSTLY = "export function task({ index }) { if (index > 1) throw new Error('broken'); return 1; }\n";

fault(
  {
    area,
    fault: '62 of 64 tasks of a module fail',
    promise: 'the finding says so first; outcome tasks-failed, exit 1',
  },
  async () => {
    const { code, out, report } = await ran(MOSTLY, '--tasks', '64');
    expect({ code, outcome: report.outcome }).toEqual({ code: 1, outcome: 'tasks-failed' });
    expect(out).toMatch(/^62 of 64 tasks failed\. /);
  },
);

fault({ area, fault: 'the same with --allow-failures 97%', promise: 'the finding says so first; exit 0' }, async () => {
  const { code, out, report } = await ran(MOSTLY, '--tasks', '64', '--allow-failures', '97%');
  expect({ code, outcome: report.outcome }).toEqual({ code: 0, outcome: 'tasks-failed' });
  expect(out).toMatch(/^62 of 64 tasks failed\. /);
});

fault({ area, fault: 'no task finishes before the run ends', promise: 'the run has failed, exit 1' }, async () => {
  const { code, out, report } = await ran(
    'export const task = () => new Promise(() => setInterval(() => {}, 1e6));\n',
    '--duration',
    '300ms',
  );
  expect({ code, outcome: report.outcome }).toEqual({ code: 1, outcome: 'failed' });
  expect(out).toMatch(/^No task was completed: /);
});

fault(
  {
    area,
    fault: 'one executor of a comparison fails',
    promise: 'the finding says so first; outcome tasks-failed, exit 1',
  },
  async () => {
    const place = scene();
    const module = place.file(
      'task.mjs',
      "import { isMainThread } from 'node:worker_threads';\nexport const task = () => { if (isMainThread) throw new Error('broken'); return 1; };\n",
    );
    const { code, out } = await ended(
      place,
      place.coreloom([
        'compare',
        module,
        '--executors',
        'sequential,threads,processes',
        '--workers',
        '1',
        '--rounds',
        '1',
        '--tasks',
        '4',
      ]),
    );
    expect({ code, outcome: place.reports()[0]?.outcome }).toEqual({ code: 1, outcome: 'tasks-failed' });
    expect(out).toMatch(/^Processes dropped out before the end\. /);
  },
);

const engines = 'Two engines on one data folder';

/** The id of a report of a short run. */
async function saved(place: Scene): Promise<string> {
  await place.coreloom(['run', 'sleep', '--threads', '1', '--tasks', '1', '--size', '1']).ended;
  return place.reports()[0]?.id ?? '';
}

fault(
  { area: engines, fault: 'one command names a report and one writes a note on it, at once', promise: 'both are kept' },
  async () => {
    const place = scene();
    const id = await saved(place);
    const commands = [
      ['rename', 'a title'],
      ['note', 'a note'],
    ].map(([act = '', text = '']) => place.coreloom(['history', act, id, text]));
    for (const command of commands) expect(await ended(place, command)).toMatchObject({ code: 0, err: '' });
    const { out } = await place.coreloom(['history', '--json']).ended;
    expect(JSON.parse(out)).toMatchObject({ reports: [{ id, title: 'a title', note: 'a note' }] });
    place.noFileLeft();
  },
);

fault(
  {
    area: engines,
    fault: 'two commands delete a report at once',
    promise: 'one deletes it, one says that it is not there; what was written on it comes back with it',
  },
  async () => {
    const place = scene();
    const id = await saved(place);
    await place.coreloom(['history', 'rename', id, 'a title']).ended;
    const commands = [place.coreloom(['history', 'delete', id]), place.coreloom(['history', 'delete', id])];
    const ends = await Promise.all(commands.map((command) => ended(place, command)));
    expect(ends.map(({ code }) => code).toSorted()).toEqual([0, 2]);
    expect((await place.coreloom(['history', 'restore', id]).ended).out).toContain('a title');
    place.noFileLeft();
  },
);

const server = 'The test server of a run';
const [SERVER, SAMPLER, FORK] = [/http-server\.js/, /sampler\.js/, /fork\.js/];

/** Kills each process of a command whose command line fits, as often as it comes, until so many were killed or the command ended. */
async function killEach(command: Running, fits: RegExp, times = Number.POSITIVE_INFINITY): Promise<void> {
  let over = false;
  void command.ended.then(() => (over = true));
  const killed = new Set<number>();
  while (!over && killed.size < times) {
    for (const pid of descendantsAtALook(command.pid).filter((one) => !killed.has(one) && fits.test(commandOf(one)))) {
      if (killed.size === times) return;
      killed.add(pid);
      process.kill(pid, 'SIGKILL');
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** Starts a run, and waits until it has a worker: what it prepares is there then. */
async function running(place: Scene, ...options: string[]): Promise<Running> {
  const command = place.coreloom(['run', ...options, '--processes', '2']);
  await place.process(command, FORK);
  return command;
}

fault(
  {
    area: server,
    fault: 'it is killed in the middle of a run',
    promise: 'it is restarted with a warning; every task is done once',
    notHere: NEEDS_LINUX,
  },
  async () => {
    const place = scene();
    const command = await running(place, 'http', '--tasks', '300', '--set', 'delayMs=20', '--json');
    await killEach(command, SERVER, 1);
    const { code, err } = await ended(place, command);
    const report = accounted(place.reports()[0]);
    expect({ code, outcome: report.outcome, counts: report.totals.counts }).toEqual({
      code: 0,
      outcome: 'completed',
      counts: { done: 300, failed: 0, retried: 0, cancelled: 0 },
    });
    expect(report.warnings.join(' ')).toContain('was ended by signal SIGKILL and was restarted (1 of at most 5 times)');
    expect(err).toContain('was restarted');
    place.noFileLeft();
  },
);

fault(
  {
    area: server,
    fault: 'it is killed as often as it is started',
    promise: 'the run ends at once with that reason, exit 1',
    notHere: NEEDS_LINUX,
  },
  async () => {
    const place = scene();
    const command = await running(place, 'http', '--duration', '10m', '--set', 'delayMs=20');
    await killEach(command, SERVER);
    const { code, out } = await ended(place, command);
    const report = accounted(place.reports()[0]);
    expect({ code, failure: report.failure?.code }).toEqual({ code: 1, failure: 'not-available' });
    expect(out).toMatch(/^The test server /);
    place.noFileLeft();
  },
);

fault(
  {
    area: 'The sampler',
    fault: 'it is killed as often as it is started',
    promise: 'the run goes on; the finding says first that the cores were not measured',
    notHere: NEEDS_LINUX,
  },
  async () => {
    const place = scene();
    const command = await running(place, 'sleep', '--duration', '3s');
    await killEach(command, SAMPLER);
    const { code, out } = await ended(place, command);
    const report = accounted(place.reports()[0]);
    expect({ code, outcome: report.outcome }).toEqual({ code: 0, outcome: 'completed' });
    expect(out).toMatch(/^[\d,]+ tasks? done: (?:no samples were taken|samples stopped before they could show)/);
    expect(report.warnings[0]).toMatch(/^(?:No samples were taken|Samples are missing)/);
    place.noFileLeft();
  },
);
