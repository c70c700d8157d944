import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseReportText } from '../../src/engine/reports/any-kind';
import { anyInterpreter } from '../engine/python/support/pythons';
import { asLive } from '../support/live-report';
import { temporaryFolder } from '../support/folder';
import { descendants, isRunning } from '../support/processes';
import { coreloom } from './coreloom';

const interpreter = await anyInterpreter();
const python = ['--python', interpreter?.command[0] ?? ''];
const linux = process.platform === 'linux';
if (!linux)
  console.log('Tests of a Python that is killed in the middle of a run are skipped: finding its process needs /proc.');

describe.skipIf(interpreter === null)('coreloom run with Python', () => {
  it.each([
    ['threads', 'threads', 'threads'],
    ['processes', 'processes', 'processes'],
    ['python-threads', 'Python threads', 'threads'],
    ['python-processes', 'Python processes', 'processes'],
  ])(
    'shows the lines of the count on %s as they come, and the last one when all are done',
    async (executor, title, what) => {
      const command = coreloom(['run', 'count', `--${executor}`, '2', '--tasks', '2', '--size', '300', ...python]);
      const [early] = await command.said(new RegExp(`^${title} [12]: Number: 1$[^]*`, 'm'));
      expect(early).not.toContain('Number: 5');
      const { code, out } = await command.ended;
      expect(code).toBe(0);
      for (const worker of [1, 2]) {
        const own = [...out.matchAll(new RegExp(`^${title} ${String(worker)}: (Number: \\d)$`, 'gm'))].map(
          ([, line]) => line,
        );
        expect(own).toEqual([1, 2, 3, 4, 5].map((number) => `Number: ${String(number)}`));
      }
      expect(out.match(/^.*(?:Number: \d|finished execution!)$/gm)?.at(-1)).toBe(
        `${title}: Both ${what} have finished execution!`,
      );
    },
  );

  it.skipIf(!linux).each(['python-threads', 'python-processes'])(
    'goes on when the interpreter of %s is killed in the middle, and ends with a report',
    async (name) => {
      const command = coreloom([
        'run',
        'count',
        `--${name}`,
        '2',
        '--tasks',
        '12',
        '--size',
        '100',
        '--json',
        ...python,
      ]);
      await command.said(/Number: 2/);
      const hosts = descendants(command.pid).filter(isHost);
      expect(hosts.length).toBeGreaterThan(0);
      for (const pid of hosts) process.kill(pid, 'SIGKILL');
      const { code, out } = await command.ended;
      expect(code).toBe(0);
      const report = asLive(parseReportText(out));
      expect(report).toMatchObject({ outcome: 'completed', totals: { counts: { done: 12, failed: 0 } } });
      expect(report.executors[0]?.deaths.length).toBeGreaterThan(0);
      expect(report.totals.counts.retried).toBeGreaterThan(0);
      expect(hosts.filter(isRunning)).toEqual([]);
    },
  );

  it.skipIf(process.platform === 'win32')(
    'measures the Python that is behind python3 at the prompt, names it, and takes no other in its place',
    async () => {
      const bin = temporaryFolder();
      const shim = join(bin, 'python3');
      writeFileSync(
        shim,
        `#!/bin/sh\n[ "$PYENV_VERSION" = mine ] && exec "${interpreter?.command[0] ?? ''}" "$@"\necho "version $PYENV_VERSION is not installed" >&2\nexit 1\n`,
      );
      chmodSync(shim, 0o755);
      const run = (version: string) =>
        coreloom(['run', 'sha256', '--python-threads', '1', '--tasks', '2'], {
          env: {
            PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`,
            PYENV_VERSION: version,
            VIRTUAL_ENV: '',
            CONDA_PREFIX: '',
          },
        }).ended;
      const [mine, other] = [await run('mine'), await run('other')];
      expect(mine).toMatchObject({
        code: 0,
        out: expect.stringContaining(`\nPython ${interpreter?.version ?? ''}: ${interpreter?.executable ?? ''}\n`),
      });
      expect(other.code).not.toBe(0);
      expect(`${other.out}${other.err}`).toContain('The Python selected by PYENV_VERSION=other cannot be used: ');
      expect(`${other.out}${other.err}`).toContain('version other is not installed');
    },
  );

  it('says in one sentence why a Python cannot be used, and runs nothing', async () => {
    const stub = join(temporaryFolder(), 'python3');
    writeFileSync(stub, '#!/bin/sh\necho "Python was not found" >&2\nexit 49\n');
    chmodSync(stub, 0o755);
    const { code, out, err } = await coreloom([
      'run',
      'primes',
      '--python-threads',
      '1',
      '--tasks',
      '1',
      '--python',
      process.platform === 'win32' ? process.execPath : stub,
    ]).ended;
    expect(code).not.toBe(0);
    expect(out).toBe('');
    expect(err).toMatch(/^coreloom: python-threads cannot run here: [^\n]*does not behave like Python[^\n]*\.\n$/);
  });
});

/** Whether a process is the host of an executor: the leader of a group of its own. */
function isHost(pid: number): boolean {
  const group = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
    .split(') ')
    .at(-1)
    ?.split(' ')[2];
  return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').includes('host.py') && Number(group) === pid;
}
