import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { quietSysteminformation } from '../../../scripts/quiet-systeminformation.mjs';
import type { FromSampler, ToSampler } from '../../../src/engine/metrics/messages';
import { ENTRIES, ROOT } from '../../support/paths';

const SOURCE = join(ROOT, 'node_modules/systeminformation/lib/cpu.js');

describe('systeminformation, as it is built in', () => {
  it('reads the same lines of /proc/stat as it does by programs, without starting any', () => {
    const { code = '' } = quietSysteminformation.transform(readFileSync(SOURCE, 'utf8'), SOURCE) ?? {};
    expect(code).not.toContain('cat /proc/stat 2>/dev/null');
    const [, pattern = ''] = /\.replace\(\/(.*?)\/gm, ''\)/.exec(code) ?? [];
    expect('cpu  1 2\ncpu0 1 2\nintr 3 4\nctxt 5\n'.replace(new RegExp(pattern, 'gm'), '')).toBe(
      'cpu  1 2\ncpu0 1 2\n',
    );
  });

  it('lets the build fail where it has another line', () => {
    expect(() => quietSysteminformation.transform('const lines = read();', SOURCE)).toThrow(/another way/);
  });

  it('leaves every other file as it is', () => {
    expect(quietSysteminformation.transform('anything', join(ROOT, 'src/main/index.ts'))).toBeNull();
  });

  it.skipIf(process.platform !== 'linux')(
    'costs the sampler no program: nothing that it started used a core while it cross-checked',
    async () => {
      const child = fork(ENTRIES.sampler, { execArgv: [] });
      onTestFinished(() => void child.kill('SIGKILL'));
      const send = (message: ToSampler): void => void child.send(message);
      const checks: number[] = [];
      child.on('message', (message: FromSampler) => {
        if (message.type === 'sample' && message.sample.crossCheck !== null) checks.push(childrenTicks(child.pid ?? 0));
      });
      await once(child, 'spawn');
      send({ type: 'start', hz: 10, tick: 0 });
      await expect.poll(() => checks.length, { timeout: 30_000 }).toBeGreaterThanOrEqual(4);
      expect(checks.at(-1)).toBe(checks[0]);
    },
  );
});

/** The CPU time of those that a process started and that have ended, in ticks of the system's clock (proc_pid_stat(5): cutime + cstime). */
function childrenTicks(pid: number): number {
  const fields =
    readFileSync(`/proc/${String(pid)}/stat`, 'latin1')
      .split(') ')
      .at(-1)
      ?.split(' ') ?? [];
  return Number(fields[13]) + Number(fields[14]);
}
