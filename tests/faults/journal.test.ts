import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import { connect } from '../../scripts/soak/client.mjs';
import type { Report } from '../../src/contract';
import { COMMAND } from '../cli/coreloom';
import { anyInterpreter } from '../engine/python/support/pythons';
import type { Running } from '../support/processes';
import { fault, NEEDS_LINUX, NEEDS_ROOT } from './fault';
import { accounted, ended, scene, type Scene } from './scene';

const area = 'The command is killed in the middle of it';
const WAIT = { timeout: 60_000, interval: 20 };
const TOLD =
  /^coreloom: An? [a-z ]+ \([^)]+\) was interrupted: what it measured in its first [\d.]+ (?:s|ms|min [\d]+ s) is saved as \S+\.\n$/;
const python = (await anyInterpreter()) === null ? 'it needs a CPython' : null;

const drafts = (place: Scene): string[] => {
  const folder = join(place.home, 'reports');
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.draft'))
        .map((name) => join(folder, name))
    : [];
};

/** Waits until what is kept of an experiment fits. */
const kept = (place: Scene, fits: (report: Report) => boolean): Promise<string> =>
  vi.waitUntil(() => drafts(place).find((path) => fits(JSON.parse(readFileSync(path, 'utf8')) as Report)), WAIT);

/** Kills the command alone; what it started ends by itself. */
async function killed(place: Scene, running: Running): Promise<void> {
  running.child.kill('SIGKILL');
  await ended(place, running);
}

/** Starts the next command; answers the one report that it saved and told of. */
async function recovered(place: Scene, then?: readonly string[]): Promise<Report> {
  const { code, err } = await ended(place, place.coreloom(['history']));
  expect(code, err).toBe(0);
  expect(err).toMatch(TOLD);
  const reports = place.reports();
  expect(reports).toHaveLength(1);
  const [report] = reports;
  if (report === undefined) throw new Error('Nothing was saved.');
  expect(report).toMatchObject({ outcome: 'interrupted', failure: { code: 'interrupted' } });
  expect(err).toContain(report.id);
  expect(report.elapsedMs).toBeGreaterThan(0);
  expect((await ended(place, place.coreloom(['report', 'latest']))).err).toBe('');
  if (then !== undefined) expect((await ended(place, place.coreloom(then))).code).toBe(0);
  place.noFileLeft();
  return report;
}

interface Kind {
  what: string;
  args: string[];
  fits: (report: Report) => boolean;
  notHere?: string | null;
  /** A further command, which removes what only one of its kind does. */
  then?: string[];
}

const done = (report: Report): boolean => report.kind === 'live' && report.totals.counts.done >= 5;
const LIVE: readonly Kind[] = [
  { what: 'a live run on threads', args: ['run', 'sleep', '--threads', '2', '--duration', '60s'], fits: done },
  { what: 'a live run on processes', args: ['run', 'sleep', '--processes', '2', '--duration', '60s'], fits: done },
  {
    what: 'a live run on Python threads and processes',
    args: ['run', 'sleep', '--python-threads', '1', '--python-processes', '1', '--duration', '60s'],
    fits: done,
    notHere: python,
    then: ['run', 'sleep', '--python-threads', '1', '--tasks', '1'],
  },
];

for (const { what, args, fits, notHere, then } of LIVE) {
  fault(
    {
      area,
      fault: what,
      promise: 'the next start saves what was measured as interrupted, and says so in one line',
      notHere: notHere ?? null,
    },
    async () => {
      const place = scene();
      const running = place.coreloom(args);
      await kept(place, fits);
      await killed(place, running);
      const report = accounted(await recovered(place, then));
      const { counts, underWay } = report.totals;
      expect(counts.done).toBeGreaterThanOrEqual(5);
      expect(report.thinned.tasks.seen).toBe(counts.done + counts.failed + counts.cancelled);
      expect(underWay).toBeGreaterThanOrEqual(1);
      expect(report.checksums.length).toBeGreaterThan(0);
    },
  );
}

const OTHERS: readonly Kind[] = [
  {
    what: 'a comparison',
    args: ['compare', 'sleep', '--executors', 'threads,processes', '--tasks', '4', '--size', '5', '--rounds', '500'],
    fits: (report) => report.kind === 'compare' && report.roundCount > 0,
  },
  {
    what: 'a scaling experiment',
    args: ['scale', 'sleep', '--executors', 'threads', '--max', '3', '--size', '5', '--rounds', '500'],
    fits: (report) => report.kind === 'scale' && report.roundCount > 0,
  },
  ...['race', 'ipc', 'memory', 'startup'].map((lab) => ({
    what: `the ${lab} lab`,
    args: ['lab', lab],
    fits: (report: Report) => measured(report) > 0,
  })),
  {
    what: 'an answer',
    args: ['answer', 'sleep', '--executors', 'threads,processes', '--size', '5'],
    fits: (report) => report.kind === 'answer',
  },
  { what: 'a scorecard', args: ['scorecard', '--quick'], fits: (report) => report.kind === 'scorecard' },
];

/** How much a report that is no live run has. */
function measured(report: Report): number {
  switch (report.kind) {
    case 'compare':
      return Math.min(
        ...report.contenders.map(({ makespanMs, rounds }) => (makespanMs === null ? 0 : rounds.round.length)),
      );
    case 'scale':
      return report.curves.reduce((sum, { points, fits }) => sum + (points.length >= 3 ? fits.length : 0), 0);
    case 'lab':
      return (
        JSON.stringify(report).split('"values":[').length -
        1 +
        (report.lab === 'race' ? report.rows.filter(({ rounds }) => rounds > 0).length : 0)
      );
    case 'answer':
    case 'scorecard':
      return report.evidence.length;
    case 'live':
      return 0;
  }
}

for (const { what, args, fits, notHere } of OTHERS) {
  fault(
    {
      area,
      fault: what,
      promise: 'the next start saves what was measured as interrupted, and says so in one line',
      notHere: notHere ?? null,
    },
    async () => {
      const place = scene();
      const running = place.coreloom(args);
      await kept(place, fits);
      await killed(place, running);
      expect(measured(await recovered(place))).toBeGreaterThan(0);
    },
  );
}

/** A live run that was killed, with what it kept. */
async function dead(): Promise<{ place: Scene; draft: string }> {
  const place = scene();
  const running = place.coreloom(['run', 'sleep', '--threads', '2', '--duration', '60s']);
  const draft = await kept(place, done);
  await killed(place, running);
  return { place, draft };
}

fault(
  {
    area,
    fault: 'two commands start next, at the same moment',
    promise: 'one of them saves it and says so',
  },
  async () => {
    const { place } = await dead();
    const both = await Promise.all([['history'], ['history']].map((args) => ended(place, place.coreloom(args))));
    expect(both.map(({ err }) => err).sort()).toEqual(['', expect.stringMatching(TOLD)]);
    expect(place.reports()).toHaveLength(1);
    place.noFileLeft();
  },
);

fault(
  {
    area,
    fault: 'while it was writing',
    promise: 'the last whole state is saved; the half of the next is removed',
  },
  async () => {
    const { place, draft } = await dead();
    writeFileSync(draft.replace(/draft$/, 'part'), readFileSync(draft, 'utf8').slice(0, 5_000));
    await recovered(place);
  },
);

fault(
  {
    area,
    fault: 'the machine went off: what was kept is half, empty, or of another machine’s start',
    promise: 'a half one is removed quietly, a whole one is saved',
  },
  async () => {
    const { place, draft } = await dead();
    const whole = readFileSync(draft, 'utf8');
    const folder = join(place.home, 'reports');
    for (const [id, text] of [
      ['half', whole.slice(0, whole.length / 2)],
      ['empty', ''],
    ] as const)
      writeFileSync(draft.replace(/\.\d{8}-[^.]+\./, `.${id}.`), text);
    renameSync(draft, draft.replace(/(\.[0-9a-f]{6})-[0-9a-f]{6}-/, '$1-000000-'));
    expect(readdirSync(folder)).toHaveLength(3);
    await recovered(place);
  },
);

fault(
  {
    area,
    fault: 'coreloom serve, with a run on',
    promise: 'the next server saves it, and tells the page that opens',
  },
  async () => {
    const place = scene();
    const server = place.coreloom(['serve', '--port', '0']);
    const client = await connect((await server.said(/at (http:\/\/\S+)/))[1] ?? '');
    await client.call('startExperiment', { kind: 'live', workload: 'sleep', size: 5, workers: { threads: 2 } });
    await kept(place, done);
    await killed(place, server);
    client.leave();
    const next = place.coreloom(['serve', '--port', '0']);
    const again = await connect((await next.said(/at (http:\/\/\S+)/))[1] ?? '');
    const { recovered: found } = await again.call('getState', null);
    expect(found).toMatchObject([{ kind: 'live', outcome: 'interrupted' }]);
    again.leave();
    next.child.kill('SIGINT');
    const { err } = await ended(place, next);
    expect(err).toMatch(TOLD);
    expect(place.reports()).toHaveLength(1);
    place.noFileLeft();
  },
);

const MEMORY = '/sys/fs/cgroup/memory';
const NO_GROUPS = existsSync(join(MEMORY, 'memory.limit_in_bytes')) ? null : 'it needs memory cgroups of version 1';

fault(
  {
    area,
    fault: 'by the system, as its memory ran out',
    promise: 'the next start saves what was measured as interrupted, and says so in one line',
    notHere: NEEDS_LINUX ?? NEEDS_ROOT ?? NO_GROUPS,
  },
  async () => {
    const place = scene();
    const group = join(MEMORY, `coreloom-test-${String(process.pid)}`);
    mkdirSync(group);
    onTestFinished(() =>
      vi
        .waitUntil(() => readFileSync(join(group, 'cgroup.procs'), 'utf8') === '')
        .then(() => {
          rmdirSync(group);
        }),
    );
    writeFileSync(join(group, 'memory.limit_in_bytes'), String(500 * 2 ** 20));
    const inside = (program: string, args: readonly string[]): Running =>
      place.start('sh', ['-c', `echo $$ >${group}/cgroup.procs && exec "$0" "$@"`, program, ...args]);
    const running = inside(process.execPath, [COMMAND, 'run', 'sleep', '--threads', '2', '--duration', '60s']);
    await kept(place, done);
    // The system ends this one first, whatever takes the memory.
    appendFileSync(`/proc/${String(running.pid)}/oom_score_adj`, '1000');
    const hog = inside(process.execPath, [
      '-e',
      'const kept = []; setInterval(() => kept.push(Buffer.alloc(2 ** 24, 1)), 5)',
    ]);
    expect((await running.ended).signal).toBe('SIGKILL');
    hog.child.kill('SIGKILL');
    await ended(place, hog);
    accounted(await recovered(place));
  },
);

const full = 'Disks and folders';
const mounted = (place: Scene, mounts: string, args: readonly string[]): Running =>
  place.start('unshare', ['--mount', 'sh', '-c', `${mounts} && exec "$0" "$@"`, process.execPath, COMMAND, ...args]);

fault(
  {
    area: full,
    fault: 'the disk fills up in the middle of a run',
    promise: 'saving during the run stops with one warning; the run goes on, its report is saved elsewhere',
    notHere: NEEDS_LINUX ?? NEEDS_ROOT,
  },
  async () => {
    const place = scene();
    const module = place.file(
      'fills.mjs',
      `import { writeFileSync } from 'node:fs';
export const task = async ({ index }) => {
  if (index === 20) try { writeFileSync(${JSON.stringify(join(place.home, 'filler'))}, Buffer.alloc(2 ** 24)); } catch {}
  return new Promise((done) => setTimeout(done, 50));
};
`,
    );
    const { code, out, err } = await ended(
      place,
      mounted(place, `mount -t tmpfs -o size=4m tmpfs ${place.home}`, [
        'run',
        module,
        '--processes',
        '1',
        '--tasks',
        '120',
      ]),
    );
    expect(out, err).toMatch(/^processes +1 +120 /m);
    expect(err.match(/disk is full/g), err).toHaveLength(2);
    expect(err).toMatch(/The measurement continues, but its results are lost if Coreloom is killed before it ends\.\n/);
    expect(code, err).toBe(0);
    expect(out).toMatch(new RegExp(`Saved (${place.temporary}|${place.runtime})`));
  },
);

fault(
  {
    area: full,
    fault: 'neither the data folder nor the temporary one takes a report',
    promise: 'the command says so, and what to do, before anything is measured',
    notHere: NEEDS_LINUX,
  },
  async () => {
    const place = scene();
    const file = place.file('file', '');
    const running = place.coreloom(['run', 'sleep', '--threads', '1', '--duration', '2s'], {
      CORELOOM_HOME: join(file, 'home'),
      TMPDIR: join(file, 'tmp'),
    });
    await running.said(
      /Cannot save reports in .* The temporary folder .* is not writable either: give a file with --report FILE\.json, or set CORELOOM_HOME or TMPDIR/,
    );
    const { code, out, err } = await ended(place, running);
    expect(code, err).toBe(1);
    expect(out).toMatch(/^threads +1 /m);
    expect(err).toMatch(/The report was not saved: .* Only what was printed is left/);
  },
);
