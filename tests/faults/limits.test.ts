import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { COMMAND } from '../cli/coreloom';
import { anyInterpreter } from '../engine/python/support/pythons';
import { ROOT } from '../support/paths';
import type { Running } from '../support/processes';
import { fault, NEEDS_LINUX, NEEDS_ROOT } from './fault';
import { accounted, ended, scene, type Scene } from './scene';

const AREA = 'Limits of the system';
const NEEDS_PYTHON = (await anyInterpreter()) === null ? 'it needs a CPython' : null;
/** A user of nobody else's, who has no other processes. */
const USER = 61_000 + (process.pid % 4_000);
const CGROUPS = ['/sys/fs/cgroup/pids', '/sys/fs/cgroup'].find(
  (folder) =>
    existsSync(join(folder, 'cgroup.procs')) &&
    (folder.endsWith('pids') || readFileSync(join(folder, 'cgroup.subtree_control'), 'utf8').includes('pids')),
);
const NEEDS_CGROUP = CGROUPS === undefined ? 'it needs the pids controller of control groups' : null;

/** The command as a user who may have so many processes and threads: root may exceed every limit. What root may read, that user may too. */
function asUser(place: Scene, args: readonly string[], ...limits: readonly string[]): Running {
  for (const folder of [place.home, place.temporary, place.runtime]) chownSync(folder, USER, USER);
  const caps = ['--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search'];
  const who = ['--reuid', String(USER), '--regid', String(USER), '--clear-groups', ...caps, '--'];
  return place.start('setpriv', [...who, 'prlimit', ...limits, '--', process.execPath, COMMAND, ...args]);
}

/** What Node prints as it aborts, and Python as it gives up. */
const NODES_OWN = /stack trace|Assertion|pthread_create|uv_thread|Traceback|node::/;

/** Holds that a run went on with fewer workers than were wanted, and that this is said once, and right. */
async function wentOn(place: Scene, running: Running, limit: RegExp): Promise<void> {
  const { code, out, err } = await ended(place, running);
  expect(`${out}${err}`).not.toMatch(NODES_OWN);
  const report = accounted(place.reports()[0]);
  expect({ code, outcome: report.outcome, failed: report.totals.counts.failed }, err).toEqual({
    code: 0,
    outcome: 'completed',
    failed: 0,
  });
  expect(report.totals.counts.done).toBeGreaterThan(0);
  const told = report.warnings.filter((warning) => warning.includes('could be started, because'));
  expect(new Set(told.map((warning) => /workers of ([\w-]+)/.exec(warning)?.[1])).size).toBe(told.length);
  expect(told).not.toEqual([]);
  for (const warning of told) {
    expect(warning).toMatch(limit);
    const [, reached, executor = ''] = /^Only (\d+) of \d+ workers of ([\w-]+) /.exec(warning) ?? [];
    expect(report.settings.workers[executor as 'threads'], warning).toBe(Number(reached));
  }
}

/** Holds that a command said one sentence of the limit, and nothing else. */
async function refused(place: Scene, running: Running, limit: RegExp): Promise<void> {
  const { code, out, err } = await ended(place, running);
  expect(`${out}${err}`).not.toMatch(NODES_OWN);
  expect(code).toBe(1);
  expect(err.trim().split('\n')).toEqual([expect.stringMatching(limit)]);
}

const PROMISE =
  'the run continues with as many workers as fit; one sentence names the limit, the requested number and the number reached';
const BOTH = ['--threads', '8', '--processes', '8', '--duration', '500ms'];
const PYTHONS = ['--python-threads', '8', '--python-processes', '8', '--duration', '500ms'];

fault(
  {
    area: AREA,
    fault: 'ulimit -u 80 for 8 threads and 8 processes',
    promise: PROMISE,
    notHere: NEEDS_LINUX ?? NEEDS_ROOT,
  },
  async () => {
    const place = scene();
    await wentOn(
      place,
      asUser(place, ['run', 'sleep', ...BOTH], '--nproc=80'),
      /this user is limited to 80 processes and threads \(ulimit -u\), and only \d+ are left/,
    );
  },
);

fault(
  {
    area: AREA,
    fault: 'ulimit -u 80 for 8 threads and 8 processes of a module',
    promise: PROMISE,
    notHere: NEEDS_LINUX ?? NEEDS_ROOT,
  },
  async () => {
    const place = scene();
    const module = join(place.runtime, 'task.mjs');
    writeFileSync(module, 'export const task = () => new Promise((done) => setTimeout(done, 5));\n');
    await wentOn(place, asUser(place, ['run', module, ...BOTH], '--nproc=80'), /\(ulimit -u\)/);
  },
);

fault(
  {
    area: AREA,
    fault: 'ulimit -u 46 for 8 Python threads and 8 Python processes',
    promise: PROMISE,
    notHere: NEEDS_LINUX ?? NEEDS_ROOT ?? NEEDS_PYTHON,
  },
  async () => {
    const place = scene();
    await wentOn(place, asUser(place, ['run', 'sleep', ...PYTHONS], '--nproc=46'), /\(ulimit -u\)/);
  },
);

fault(
  {
    area: AREA,
    fault: 'pids.max 80 of a control group for 8 threads and 8 processes',
    promise: PROMISE,
    notHere: NEEDS_LINUX ?? NEEDS_ROOT ?? NEEDS_CGROUP,
  },
  async () => {
    const place = scene();
    const group = join(CGROUPS ?? '', `coreloom-test-${String(process.pid)}`);
    mkdirSync(group);
    onTestFinished(() => {
      rmdirSync(group);
    });
    writeFileSync(join(group, 'pids.max'), '80');
    const words = 'echo $$ > "$1/cgroup.procs"; shift; exec "$@"';
    await wentOn(
      place,
      place.start('/bin/sh', ['-c', words, 'sh', group, process.execPath, COMMAND, 'run', 'sleep', ...BOTH]),
      /the cgroup is limited to 80 processes and threads/,
    );
  },
);

fault(
  { area: AREA, fault: 'ulimit -n 128 for 16 threads and 16 processes', promise: PROMISE, notHere: NEEDS_LINUX },
  async () => {
    const place = scene();
    const running = place.start('/bin/sh', [
      '-c',
      'ulimit -n 128; exec "$@"',
      'sh',
      process.execPath,
      COMMAND,
      'run',
      'sleep',
      '--threads',
      '16',
      '--processes',
      '16',
      '--duration',
      '500ms',
    ]);
    await wentOn(place, running, /this process is limited to 128 open files \(ulimit -n\)/);
  },
);

for (const args of [
  ['run', 'sleep', ...BOTH],
  ['run', 'sleep', ...PYTHONS],
  ['compare', 'sleep'],
  ['scale', 'sleep'],
  ['scorecard'],
]) {
  const needs = args.includes('--python-threads') ? NEEDS_PYTHON : null;
  fault(
    {
      area: AREA,
      fault: `ulimit -u 24 for ${args.slice(0, 3).join(' ')}`,
      promise: 'one sentence says which limit and what to do; exit 1',
      notHere: NEEDS_LINUX ?? NEEDS_ROOT ?? needs,
    },
    async () => {
      const place = scene();
      await refused(
        place,
        asUser(place, args, '--nproc=24'),
        /\(ulimit -u\), and only \d+ are left .*; raise that limit/,
      );
    },
  );
}

/** As many MiB of addresses as there may be, for a command. */
const withAddresses = (place: Scene, mib: number, args: readonly string[]): Running =>
  place.start('/bin/sh', [
    '-c',
    `ulimit -v ${String(mib * 1024)}; exec "$@"`,
    'sh',
    process.execPath,
    join(ROOT, 'bin/coreloom.mjs'),
    ...args,
  ]);

/** What Node itself reserves as it starts, MiB, which differs by version. */
const NODES_OWN_MIB = Math.ceil(
  Number(
    /^VmSize:\s*(\d+)/m.exec(
      process.platform === 'linux'
        ? execFileSync(process.execPath, ['-p', 'require("fs").readFileSync("/proc/self/status", "utf8")'], {
            encoding: 'utf8',
          })
        : '',
    )?.[1] ?? 0,
  ) / 1024,
);

for (const args of [
  ['run', 'sleep', ...BOTH],
  ['compare', 'sleep'],
  ['serve', '--port', '0'],
]) {
  fault(
    {
      area: AREA,
      fault: `ulimit -v with 500 MiB more than Node needs, for ${args.slice(0, 2).join(' ')}`,
      promise: 'one sentence says which limit and what to do; exit 1',
      notHere: NEEDS_LINUX,
    },
    async () => {
      const place = scene();
      await refused(
        place,
        withAddresses(place, NODES_OWN_MIB + 500, args),
        /is limited to \d+ MiB \(ulimit -v\), and Node alone needs \d+ MiB; raise the limit to \d+ MiB or more/,
      );
    },
  );
}

fault(
  {
    area: AREA,
    fault: 'ulimit -v with room for two threads, for 8 threads and 8 processes',
    promise: PROMISE,
    notHere: NEEDS_LINUX,
  },
  async () => {
    const place = scene();
    await wentOn(
      place,
      withAddresses(place, NODES_OWN_MIB + 2_900, ['run', 'sleep', ...BOTH]),
      /an address space of \d+ MiB \(ulimit -v\), and only \d+ MiB are left/,
    );
  },
);

fault(
  {
    area: AREA,
    fault: 'ulimit -v with room for two threads, for 8 threads and 8 processes of a module',
    promise: PROMISE,
    notHere: NEEDS_LINUX,
  },
  async () => {
    const place = scene();
    const module = place.file('task.mjs', 'export const task = () => new Promise((done) => setTimeout(done, 5));\n');
    await wentOn(
      place,
      withAddresses(place, NODES_OWN_MIB + 2_900, ['run', module, ...BOTH]),
      /an address space of \d+ MiB \(ulimit -v\), and only \d+ MiB are left/,
    );
  },
);

fault(
  {
    area: AREA,
    fault: 'ulimit -v with too little room for removing the types of TypeScript',
    promise: 'one sentence says which limit and what to do; exit 1',
    notHere: NEEDS_LINUX,
  },
  async () => {
    const place = scene();
    const module = place.file('task.ts', 'export const task = ({ index }: { index: number }): number => index;\n');
    await refused(
      place,
      withAddresses(place, NODES_OWN_MIB + 2_900, ['run', module, ...BOTH]),
      /^coreloom: The process that checks task\.ts could not be started, because this process is limited to an address space of \d+ MiB \(ulimit -v\); raise that limit\.$/,
    );
  },
);

for (const [flag, words] of [
  ['-f 4096', 'files of 2 MiB'],
  ['-s 1024', 'stacks of 1 MiB'],
  ['-l 0', 'no locked memory'],
  ['-c 0', 'no core files'],
  ['-i 0', 'no pending signals'],
  ['-q 0', 'no message queues'],
] as const) {
  fault(
    { area: AREA, fault: `ulimit ${flag} (${words})`, promise: 'the run is complete', notHere: NEEDS_LINUX },
    async () => {
      const place = scene();
      const running = place.start('/bin/sh', [
        '-c',
        `ulimit ${flag}; exec "$@"`,
        'sh',
        process.execPath,
        COMMAND,
        'run',
        'sleep',
        '--threads',
        '2',
        '--processes',
        '2',
        '--tasks',
        '20',
      ]);
      const { code, err } = await ended(place, running);
      expect({ code, done: accounted(place.reports()[0]).totals.counts.done }, err).toEqual({ code: 0, done: 20 });
    },
  );
}
