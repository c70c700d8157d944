import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import { makeOwnedFolder } from '../../src/engine/system/owned-folder';
import { parseReportText } from '../../src/engine/reports/any-kind';
import { COMMAND } from '../cli/coreloom';
import { temporaryFolder } from '../support/folder';
import { OTHER, sharedFolder } from '../support/other-user';
import { fault, NEEDS_LINUX, NEEDS_ROOT } from './fault';
import { accounted, ended, scene } from './scene';

const AREA = 'Another user of the machine';
const NEEDS_POSIX = process.platform === 'win32' ? 'Windows has no modes' : null;
const NEEDS_TWO_USERS = NEEDS_LINUX ?? NEEDS_ROOT;
const AS_OTHER = { uid: OTHER, gid: OTHER };

/** What another user does all the time: has links and folders under names that this user's Coreloom may use or sweep, and swaps the one for the other. */
const BAITS = `
const { mkdirSync, symlinkSync, writeFileSync, renameSync, utimesSync, openSync } = require('node:fs');
const [victim, swapped, ...baits] = process.argv.slice(1);
for (const bait of baits) {
  mkdirSync(bait, { mode: 0o700 });
  writeFileSync(bait + '/theirs', '');
  symlinkSync(victim, bait + '/link');
  utimesSync(bait, 0, 0);
}
mkdirSync(swapped);
mkdirSync(swapped + '/a');
symlinkSync(victim, swapped + '/b');
let line = '';
process.stdin.on('data', (text) => { line += text; });
process.stdin.on('end', () => {
  symlinkSync(victim, line.trim());
  console.log('planted');
  for (;;) {
    renameSync(swapped + '/a', swapped + '/c');
    renameSync(swapped + '/b', swapped + '/a');
    renameSync(swapped + '/c', swapped + '/b');
  }
});
console.log('ready');
`;

/** The name that a folder of a process which has ended would have. */
function deadName(name: 'tasks' | 'window'): string {
  vi.stubEnv('CORELOOM_HOME', temporaryFolder());
  const made = makeOwnedFolder('disk', name);
  vi.unstubAllEnvs();
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  return `coreloom-${basename(made)}`.replace(`-${String(process.pid)}-`, `-${String(dead)}-`);
}

fault(
  {
    area: AREA,
    fault: 'plants links and folders under every name that fits, and swaps them all the time',
    promise: 'the run is right; no file of this user is lost, nothing of the other’s is removed or entered',
    notHere: NEEDS_TWO_USERS,
  },
  async () => {
    const [place, shared, victim] = [scene(), sharedFolder(), join(temporaryFolder(), 'victim')];
    mkdirSync(victim, { mode: 0o700 });
    for (let at = 0; at < 20; at += 1) writeFileSync(join(victim, String(at)), 'mine');
    const baits = [
      deadName('tasks'),
      deadName('window'),
      `coreloom-files-${String(spawnSync(process.execPath, ['-e', '']).pid)}`,
    ].map((name) => join(shared, name));
    const other = spawn(process.execPath, ['-e', BAITS, victim, join(shared, deadName('tasks')), ...baits], {
      ...AS_OTHER,
      cwd: shared,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    onTestFinished(() => void other.kill('SIGKILL'));
    const said = (word: string): Promise<void> =>
      new Promise((resolve) =>
        other.stdout.on('data', (text: Buffer) => {
          if (text.toString().includes(word)) resolve();
        }),
      );
    await said('ready');
    const running = place.coreloom(['run', 'sql', '--threads', '1', '--processes', '1', '--tasks', '30'], {
      TMPDIR: shared,
      CORELOOM_HOME: '/proc/none',
    });
    const planted = said('planted');
    // Once the command's number is known, the folder that would be named by it.
    other.stdin.end(join(shared, `coreloom-files-${String(running.pid)}`));
    await planted;
    const { code, out, err } = await ended(place, running);
    expect(code, err).toBe(0);
    const saved = /^Saved (.*)$/m.exec(out)?.[1] ?? '';
    expect(accounted(parseReportText(readFileSync(saved, 'utf8'))).totals.counts).toMatchObject({
      done: 30,
      failed: 0,
    });
    expect(baits.map((bait) => existsSync(join(bait, 'theirs')))).toEqual(baits.map(() => true));
    expect(readdirSync(victim).sort()).toEqual(Array.from({ length: 20 }, (_, at) => String(at)).sort());
    // Of this user there is nothing but the copy of the report, and that is closed to others.
    const own = readdirSync(shared)
      .map((name) => join(shared, name))
      .filter((path) => lstatSync(path).uid === 0);
    expect(own).toEqual([dirname(saved)]);
    expect([statSync(dirname(saved)).mode & 0o777, statSync(saved).mode & 0o777]).toEqual([0o700, 0o600]);
  },
);

fault(
  {
    area: AREA,
    fault: 'looks for sockets in /proc/net/unix and connects to them',
    promise: 'no socket of a run lets anybody in but its user',
    notHere: NEEDS_TWO_USERS,
  },
  async () => {
    const place = scene();
    for (const folder of [place.home, place.runtime, place.temporary]) chmodSync(folder, 0o711);
    const module = place.file(
      'wait.mjs',
      'export const task = (input, { signal }) => new Promise((resolve) => signal.addEventListener("abort", () => resolve()));\n',
    );
    const running = place.coreloom(['run', module, '--processes', '1', '--tasks', '1', '--json']);
    const own = (): string[] => socketsOf(running.pid);
    await expect.poll(() => own().length, { timeout: 20_000 }).toBeGreaterThan(0);
    const connect = `require('node:net').connect(process.argv[1].replace(/^@/, '\\0')).on('connect', () => process.exit(0)).on('error', ({ code }) => { console.log(code); process.exit(1); });`;
    const tried = own().map((path) =>
      spawnSync(process.execPath, ['-e', connect, path], { ...AS_OTHER, cwd: '/', encoding: 'utf8' }),
    );
    expect(tried.map(({ status, stdout }) => [status, stdout.trim()])).toEqual(tried.map(() => [1, 'EACCES']));
    running.signalGroup('SIGINT');
    expect((await ended(place, running)).code).toBe(130);
  },
);

/** Where a process listens, by what every user is shown; abstract sockets begin with @. */
function socketsOf(pid: number): string[] {
  const held = new Set(descriptors(pid).map((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1]));
  const lines = readFileSync('/proc/net/unix', 'utf8')
    .split('\n')
    .map((line) => line.split(/\s+/));
  return lines.flatMap(([, , , , , , inode, path]) => (path !== undefined && held.has(inode) ? [path] : []));
}

function descriptors(pid: number): string[] {
  try {
    return readdirSync(`/proc/${String(pid)}/fd`).map((fd) => readlinkSync(`/proc/${String(pid)}/fd/${fd}`));
  } catch {
    // One was closed between the two.
    return [];
  }
}

fault(
  {
    area: AREA,
    fault: 'could read the reports of an earlier version',
    promise: 'the next command closes them, and what it writes is closed from the start',
    notHere: NEEDS_POSIX,
  },
  async () => {
    const place = scene();
    const run = (): Promise<unknown> =>
      ended(place, place.coreloom(['run', 'primes', '--threads', '1', '--tasks', '5']));
    const open = (): string[] =>
      readdirSync(place.home, { recursive: true })
        .map(String)
        .filter((path) => (statSync(join(place.home, path)).mode & 0o077) !== 0);
    await run();
    expect(open()).toEqual([]);
    for (const path of ['reports', ...readdirSync(join(place.home, 'reports')).map((name) => join('reports', name))])
      chmodSync(join(place.home, path), 0o755);
    await run();
    expect(open()).toEqual([]);
  },
);

fault(
  {
    area: 'Where files are',
    fault: 'no files can be created in the data folder',
    promise: 'files of tasks are in the temporary folder, and the report says which disk was measured',
    notHere: NEEDS_POSIX,
  },
  async () => {
    const place = scene();
    const home = join(place.file('a-file', ''), 'home');
    const { code, out } = await ended(
      place,
      place.coreloom(['run', 'files', '--threads', '1', '--tasks', '10', '--json'], { CORELOOM_HOME: home }),
    );
    expect(code).toBe(0);
    const report = accounted(parseReportText(out));
    expect(report.settings.prepared['folder']).toMatch(new RegExp(`^${place.temporary}/coreloom-tasks-`));
    expect(report.warnings.join()).toContain(
      `No folder could be created in "${join(home, 'private')}" (ENOTDIR), so the tasks’ files are in `,
    );
    expect(readdirSync(place.temporary).filter((name) => name.startsWith('coreloom-tasks-'))).toEqual([]);
  },
);

fault(
  {
    area: 'Where files are',
    fault: 'the run’s folder is removed in the middle of it',
    promise:
      'its tasks fail and say why; no folder of its name is created again, because it might belong to somebody else',
    notHere: NEEDS_POSIX,
  },
  async () => {
    const place = scene();
    const running = place.coreloom(['run', 'files', '--processes', '1', '--tasks', '3000', '--size', '1000', '--json']);
    const kept = join(place.home, 'private');
    const files = (): string[] => (existsSync(kept) ? readdirSync(kept, { recursive: true }).map(String) : []);
    await expect.poll(() => files().some((path) => /\.bin$|-0$/.test(path)), { timeout: 20_000 }).toBe(true);
    for (const name of readdirSync(kept)) rmSync(join(kept, name), { recursive: true, force: true });
    const { code, out } = await ended(place, running);
    expect([code, accounted(parseReportText(out)).outcome]).toEqual([1, 'tasks-failed']);
    expect(out).toContain('do not change the run’s folder until the run ends');
    expect(files()).toEqual([]);
  },
);

fault(
  {
    area: 'Where files are',
    fault: 'the command and its workers are killed in the middle of writing',
    promise: 'the next run removes what they left',
    notHere: NEEDS_LINUX,
  },
  async () => {
    const place = scene();
    const kept = join(place.home, 'private');
    const running = place.coreloom(['run', 'files', '--threads', '1', '--processes', '1', '--duration', '60s']);
    await expect
      .poll(() => existsSync(kept) && readdirSync(kept, { recursive: true }).length > 2, { timeout: 20_000 })
      .toBe(true);
    running.child.kill('SIGKILL');
    await ended(place, running);
    expect(readdirSync(kept)).toHaveLength(1);
    await ended(place, place.coreloom(['run', 'files', '--threads', '1', '--tasks', '5']));
    expect(readdirSync(kept)).toEqual([]);
  },
);

fault(
  {
    area: 'Where files are',
    fault: 'folders have control characters and bidirectional marks in their names',
    promise: 'none of them reaches the terminal',
    notHere: NEEDS_POSIX,
  },
  async () => {
    const place = scene();
    const odd = join(place.temporary, 'a\u001b[31m\r\u202eb');
    mkdirSync(odd);
    const file = join(odd, 'file');
    writeFileSync(file, '');
    for (const env of [
      { CORELOOM_HOME: odd, TMPDIR: odd },
      { CORELOOM_HOME: join(file, 'home'), TMPDIR: odd },
      { CORELOOM_HOME: join(file, 'home'), TMPDIR: file },
    ]) {
      const { out, err } = await ended(place, place.coreloom(['run', 'files', '--threads', '1', '--tasks', '3'], env));
      expect(`${out}${err}`).toContain(env.CORELOOM_HOME === odd ? 'Saved ' : 'Cannot save reports in');
      expect(`${out}${err}`).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    }
  },
);

const NEEDS_MOUNT =
  NEEDS_TWO_USERS ??
  (spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0
    ? null
    : 'it needs a file system of its own (unshare, mount)');

fault(
  {
    area: 'Where files are',
    fault: 'the disk of the data folder is full',
    promise: 'files of tasks are on the temporary folder’s disk, and the report, kept there too, says so',
    notHere: NEEDS_MOUNT,
  },
  async () => {
    const place = scene();
    const full =
      'mount -t tmpfs -o size=64k tmpfs "$CORELOOM_HOME" && { dd if=/dev/zero of="$CORELOOM_HOME/filling" bs=1k 2>/dev/null; exec "$@"; }';
    const { code, out, err } = await ended(
      place,
      place.start('unshare', [
        '-m',
        'sh',
        '-c',
        full,
        'sh',
        process.execPath,
        COMMAND,
        'run',
        'files',
        '--threads',
        '1',
        '--tasks',
        '10',
        '--json',
      ]),
    );
    expect(code, err).toBe(0);
    const report = accounted(parseReportText(out));
    expect(report.totals.counts).toMatchObject({ done: 10, failed: 0 });
    expect(report.warnings.join()).toContain(
      `No folder could be created in "${join(place.home, 'private')}" (its disk is full), so the tasks’ files are in `,
    );
    const kept = readdirSync(place.temporary, { recursive: true }).map(String);
    expect(kept.map((path) => path.replace(/^coreloom-kept-\w+/, ''))).toEqual(['', `/${report.id}.json`]);
  },
);
