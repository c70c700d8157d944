import { entriesOf } from '../../src/contract';
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { parseReportText } from '../../src/engine/reports/any-kind';
import { asLive } from '../support/live-report';
import { temporaryFolder } from '../support/folder';
import { descendants, isRunning, start, type Running } from '../support/processes';
import { COMMAND, coreloom, savedReports } from './coreloom';

const QUICK = ['run', 'sha256', '--threads', '1', '--processes', '1', '--size', '65536'];
const LONG = ['run', 'count', '--threads', '1', '--processes', '2', '--size', '50', '--duration', '60s'];
const linux = process.platform === 'linux';

/** Once every worker runs a task: the processes beneath the command. */
async function atWork(command: Running): Promise<number[]> {
  await Promise.all([/threads 1: /, /processes 1: /, /processes 2: /].map((pattern) => command.said(pattern)));
  return descendants(command.pid);
}

async function expectAllGone(pids: number[]): Promise<void> {
  await expect.poll(() => pids.filter(isRunning), { timeout: 10_000 }).toEqual([]);
}

test('a run says its finding first, writes every format asked for, and keeps its report', async () => {
  const folder = temporaryFolder();
  const files = ['r.json', 'r.html', 'r.md', 'r.csv', 'r.samples.csv'].map((name) => join(folder, name));
  const command = coreloom([...QUICK, '--tasks', '200', '--seed', '7', ...files.flatMap((file) => ['--report', file])]);
  const { code, out, err } = await command.ended;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const report = asLive(parseReportText(readFileSync(files[0] ?? '', 'utf8')));
  expect(report).toMatchObject({
    outcome: 'completed',
    createdBy: { host: 'terminal' },
    settings: { tasks: 200, seed: 7, workers: { threads: 1, processes: 1 } },
  });
  expect(report.totals.counts.done).toBe(200);
  expect(out.startsWith(`${report.finding}\n`)).toBe(true);
  expect(out).toMatch(/^threads {2,}1 .*\n^processes {2,}1 .*\n^together {2,}2 {3,}200 /m);
  for (const file of files) expect(out).toContain(`Wrote ${file}\n`);
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
  const [saved = ''] = savedReports(command.home);
  expect(out).toContain(`Saved ${saved}\n`);
  expect(asLive(parseReportText(readFileSync(saved, 'utf8'))).id).toBe(report.id);
});

test('with --json the report stands alone on standard output', async () => {
  const { code, out, err } = await coreloom([...QUICK, '--tasks', '50', '--json']).ended;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(asLive(parseReportText(out)).totals.counts.done).toBe(50);
});

test('lines that tasks print are shown as they come, with the worker', async () => {
  const command = coreloom(['run', 'count', '--threads', '1', '--processes', '1', '--tasks', '2', '--size', '150']);
  await command.said(/Number: 1\n/);
  expect(command.child.exitCode).toBeNull();
  const { code, out } = await command.ended;
  expect(code).toBe(0);
  for (const worker of ['threads 1', 'processes 1'])
    expect(out.split('\n').filter((line) => line.startsWith(`${worker}: Number: `))).toHaveLength(5);
});

test('without --threads and --processes it takes what suits the machine', async () => {
  const { code, out } = await coreloom(['run', 'sleep', '--tasks', '20', '--json']).ended;
  expect(code).toBe(0);
  const { workers } = asLive(parseReportText(out)).settings;
  expect(entriesOf(workers).reduce((sum, [, count]) => sum + count, 0)).toBeGreaterThan(0);
});

test.runIf(linux).each([
  ['Ctrl-C, which everyone in the terminal gets,', 'SIGINT', true],
  ['a terminal that goes away', 'SIGHUP', true],
  ['SIGTERM', 'SIGTERM', false],
] as const)('%s ends it cleanly, with a cancelled report and nothing left', async (_, signal, group) => {
  const file = join(temporaryFolder(), 'r.json');
  const command = coreloom([...LONG, '--report', file]);
  const children = await atWork(command);
  if (group) command.signalGroup(signal);
  else command.child.kill(signal);
  const { code, out, err } = await command.ended;
  expect({ code, err }).toEqual({ code: 130, err: '' });
  const report = asLive(parseReportText(readFileSync(file, 'utf8')));
  expect(report.outcome).toBe('cancelled');
  expect(report.executors.flatMap(({ deaths }) => deaths)).toEqual([]);
  expect(out).toContain('cancelled');
  await expectAllGone(children);
});

test.runIf(linux)('a second Ctrl-C ends at once, even where the first cannot, and leaves nothing', async () => {
  // Writing to a pipe that nobody reads never ends.
  const pipe = join(temporaryFolder(), 'r.json');
  spawnSync('mkfifo', [pipe]);
  const command = coreloom([...LONG, '--report', pipe]);
  const children = await atWork(command);
  command.signalGroup('SIGINT');
  await expect.poll(() => savedReports(command.home).length, { timeout: 10_000 }).toBe(1);
  await wait(600);
  expect(command.child.exitCode).toBeNull();
  command.signalGroup('SIGINT');
  // A shell calls this exit code 130.
  expect((await command.ended).signal).toBe('SIGINT');
  await expectAllGone(children);
});

test.runIf(linux)('killed outright, it takes its workers with it', async () => {
  const command = coreloom(LONG);
  const children = await atWork(command);
  process.kill(command.pid, 'SIGKILL');
  await command.ended;
  await expectAllGone(children);
});

test.runIf(linux)(
  'a report that cannot be written in the end is safe in the data folder, and the sentence says where',
  async () => {
    const command = coreloom([...QUICK, '--tasks', '20', '--report', '/dev/full']);
    expect(await command.ended).toMatchObject({
      code: 2,
      err: expect.stringContaining('no known file extension') as string,
    });
    const link = join(temporaryFolder(), 'full.json');
    spawnSync('ln', ['-s', '/dev/full', link]);
    const full = coreloom([...QUICK, '--tasks', '20', '--report', link]);
    const { code, err } = await full.ended;
    const [saved = ''] = savedReports(full.home);
    expect({ code, err }).toEqual({
      code: 1,
      err: `coreloom: Cannot write "${link}": the disk is full; free some space or choose another place. The report is saved in ${saved}.\n`,
    });
    expect(asLive(parseReportText(readFileSync(saved, 'utf8'))).totals.counts.done).toBe(20);
  },
);

test.runIf(linux)('standard output on a full disk is an error that is told', async () => {
  const file = openSync('/dev/full', 'w');
  const command = coreloom(['workloads', '--json'], { stdio: ['ignore', file, 'pipe'] });
  closeSync(file);
  const { code, err } = await command.ended;
  expect({ code, err }).toEqual({
    code: 1,
    err: 'coreloom: Cannot write to standard output: the disk is full.\n',
  });
});

test('where the data folder cannot be written, all of the report is kept in the temporary folder', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  const folder = temporaryFolder();
  const picture = join(temporaryFolder(), 'r.html');
  const { code, out, err } = await coreloom([...QUICK, '--tasks', '20', '--report', picture], {
    home: join(file, 'home'),
    env: { TMPDIR: folder, TEMP: folder, TMP: folder },
  }).ended;
  expect(err).toContain('coreloom: Cannot save reports in');
  expect(code).toBe(0);
  const saved = /^Saved (.*)$/m.exec(out)?.[1] ?? '';
  expect(saved.startsWith(folder)).toBe(true);
  expect(asLive(parseReportText(readFileSync(saved, 'utf8'))).totals.counts.done).toBe(20);
});

test('where nothing takes the report, that is said, and is a failure', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  const nowhere = join(file, 'folder');
  const { code, err } = await coreloom(['run', 'primes', '--threads', '1', '--tasks', '5'], {
    home: nowhere,
    env: { TMPDIR: nowhere, TEMP: nowhere, TMP: nowhere },
  }).ended;
  expect(code).toBe(1);
  expect(err).toMatch(
    /coreloom: The report was not saved: neither the data folder nor .* is writable\. Only what was printed is left; --json would have printed the whole report\.\n$/,
  );
});

/** Runs the command in a terminal, and closes that once it is at work; answers how it ended. */
const CLOSING = `
import os, pty, sys
pid, terminal = pty.fork()
if pid == 0: os.execv(sys.argv[1], sys.argv[1:])
while b'tasks/s' not in os.read(terminal, 65536): pass
os.close(terminal)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

test.runIf(linux && spawnSync('python3', ['-c', 'import pty, os; os.waitstatus_to_exitcode']).status === 0)(
  'closing its terminal ends it by that, with its report kept',
  async () => {
    const home = temporaryFolder();
    const { ended } = start(
      'python3',
      ['-c', CLOSING, process.execPath, COMMAND, 'run', 'primes', '--threads', '1', '--processes', '1'],
      { env: { ...process.env, CORELOOM_HOME: home, TERM: 'xterm' } },
    );
    expect(await ended).toMatchObject({ out: '-1\n', err: '' });
    const [saved = ''] = savedReports(home);
    expect(parseReportText(readFileSync(saved, 'utf8')).outcome).toBe('cancelled');
  },
);

test('a reader that goes away ends it quietly', async () => {
  const command = coreloom(['run', 'count', '--threads', '2', '--duration', '60s', '--size', '20']);
  await command.said(/Number: 1\n/);
  command.child.stdout?.destroy();
  const { code, err } = await command.ended;
  expect({ code, err }).toEqual({ code: 130, err: '' });
});

const script = '/usr/bin/script';
test.runIf(linux && existsSync(script))(
  'on a terminal a line of progress is drawn until Ctrl-C, without one escape code',
  async () => {
    const typescript = join(temporaryFolder(), 'typescript');
    const inner = coreloom([], { stdio: 'ignore' });
    await inner.ended;
    const { start } = await import('../support/processes');
    const { COMMAND } = await import('./coreloom');
    const words = [process.execPath, COMMAND, 'run', 'sha256', '--threads', '1', '--processes', '1'].join(' ');
    const terminal = start(script, ['-qfec', words, typescript], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, CORELOOM_HOME: inner.home },
    });
    await terminal.said(/ tasks\/s {2}[\d.]+ of \d+ cores busy {2}p50 /);
    terminal.child.stdin?.write('\u0003');
    const { code, out } = await terminal.ended;
    expect(code).toBe(130);
    expect(out).toContain('cancelled before its end');
    expect(out).not.toContain('\u001b');
  },
);

test.runIf(linux)('in a folder that is not there any more, one sentence says so at once', async () => {
  const { start } = await import('../support/processes');
  const { COMMAND } = await import('./coreloom');
  const words = [
    '-c',
    'mkdir "$0/gone"; cd "$0/gone"; rmdir "$0/gone"; exec "$@"',
    temporaryFolder(),
    process.execPath,
    COMMAND,
    'run',
    'sleep',
    '--threads',
    '1',
    '--tasks',
    '2',
  ];
  const { code, out, err } = await start('sh', words, { env: { ...process.env, CORELOOM_HOME: temporaryFolder() } })
    .ended;
  expect({ code, out, err }).toEqual({
    code: 1,
    out: '',
    err: expect.stringMatching(/^coreloom: The current folder no longer exists or cannot be read.*\n$/) as string,
  });
});

test('a report that cannot be kept is written where --report says: no advice fits an app alone', async () => {
  const folder = temporaryFolder();
  const [file, kept] = [join(folder, 'file'), join(folder, 'kept.json')];
  writeFileSync(file, '');
  const { err } = await coreloom(['run', 'sleep', '--threads', '1', '--size', '1', '--tasks', '2', '--report', kept], {
    home: join(file, 'home'),
  }).ended;
  expect(err).toContain(
    'The report will be written to the file given with --report, or else as JSON to the temporary folder.',
  );
  expect(err).not.toContain('export');
  expect(parseReportText(readFileSync(kept, 'utf8'))).toMatchObject({ outcome: 'completed' });
});
