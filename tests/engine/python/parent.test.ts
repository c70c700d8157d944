import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { coreloom } from '../../cli/coreloom';
import { foldersNamed } from '../../support/places';
import { descendants, isRunning } from '../../support/processes';
import { until } from '../pool/support/pools';
import { anyInterpreter } from './support/pythons';

const interpreter = await anyInterpreter();
const linux = process.platform === 'linux';
if (!linux)
  console.log('Tests of a command that is killed with Python at work are skipped: finding its processes needs /proc.');

/** What is kept for hosts of a command. */
const kept = (pid: number): string[] => foldersNamed('host').filter((folder) => folder.includes(`-${String(pid)}-`));

/** Empty where it has just ended. */
function nameOf(pid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/comm`, 'utf8');
  } catch {
    return '';
  }
}

describe.skipIf(interpreter === null || !linux)('a command that is killed with Python at work', () => {
  it.each(['python-threads', 'python-processes'])(
    'leaves no process of %s behind, and its files to the next to remove',
    async (name) => {
      // Long pure Python tasks: nothing looks at a socket while one runs.
      const command = coreloom([
        'run',
        'primes',
        `--${name}`,
        '2',
        '--size',
        '5000000',
        '--duration',
        '60s',
        '--python',
        interpreter?.command[0] ?? '',
      ]);
      await until(() => descendants(command.pid).length >= (name === 'python-threads' ? 2 : 4));
      await until(() => kept(command.pid).length > 0);
      const processes = descendants(command.pid);
      command.child.kill('SIGKILL');
      await command.ended;
      await expect.poll(() => processes.filter(isRunning), { timeout: 10_000 }).toEqual([]);
      // What the kernel ended could not remove it: the next host does.
      const next = coreloom([
        'run',
        'sleep',
        '--python-threads',
        '1',
        '--tasks',
        '1',
        '--json',
        '--python',
        interpreter?.command[0] ?? '',
      ]);
      expect((await next.ended).code).toBe(0);
      expect([...kept(command.pid), ...kept(next.pid)]).toEqual([]);
    },
  );

  it('ends in time when all of Python is suspended, and keeps its report', async () => {
    const command = coreloom([
      'run',
      'primes',
      '--python-processes',
      '2',
      '--size',
      '20000',
      '--tasks',
      '1000000',
      '--python',
      interpreter?.command[0] ?? '',
    ]);
    // The host and its two workers.
    const python = (): number[] => descendants(command.pid).filter((pid) => nameOf(pid).startsWith('python'));
    await until(() => python().length >= 3);
    for (const pid of python()) process.kill(pid, 'SIGSTOP');
    const processes = descendants(command.pid);
    command.child.kill('SIGINT');
    const { code, out } = await command.ended;
    expect(code).toBe(130);
    expect(out).toMatch(/^Saved /m);
    await expect.poll(() => processes.filter(isRunning), { timeout: 10_000 }).toEqual([]);
  });

  it('ends cleanly when it is interrupted in the middle of endless tasks', async () => {
    const command = coreloom([
      'run',
      'primes',
      '--python-threads',
      '2',
      '--python-processes',
      '1',
      '--size',
      '5000000',
      '--duration',
      '60s',
      '--python',
      interpreter?.command[0] ?? '',
    ]);
    await until(() => descendants(command.pid).length >= 4);
    const processes = descendants(command.pid);
    command.child.kill('SIGINT');
    const { code } = await command.ended;
    expect(code).toBe(130);
    await expect.poll(() => processes.filter(isRunning), { timeout: 10_000 }).toEqual([]);
  });
});
