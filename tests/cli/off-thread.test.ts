import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ExecutorReport, LiveReport } from '../../src/contract';
import { SHORTEST_LOOK_MS } from '../../src/engine/kinds/shared/thresholds';
import { parseReportText } from '../../src/engine/reports/any-kind';
import { anyInterpreter } from '../engine/python/support/pythons';
import { temporaryFolder } from '../support/folder';
import { asLive } from '../support/live-report';
import { coreloom } from './coreloom';

const LINUX = process.platform === 'linux';
if (!LINUX) console.log('Skipped: what is used off a thread is measured on Linux alone.');

const TASKS = 4;

function moduleOf(name: string, code: string): string {
  const folder = temporaryFolder();
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, code);
  return path;
}

async function measured(path: string, ...options: string[]): Promise<LiveReport> {
  const { code, out, err } = await coreloom(['run', path, ...options, '--json']).ended;
  expect({ code, err }, err).toMatchObject({ code: 0 });
  const report = asLive(parseReportText(out));
  expect(report.warnings.filter((warning) => warning.startsWith('Impossible'))).toEqual([]);
  return report;
}

function only({ executors: [executor, ...others] }: LiveReport): ExecutorReport {
  if (executor === undefined || others.length > 0) throw new Error('One executor was expected.');
  return executor;
}

/** CPU time that was not on the tasks' threads, ÷ that which the tasks are known to have used there. */
const share = ({ offThreadCpuMs }: ExecutorReport, knownMs: number): number => (offThreadCpuMs ?? 0) / knownMs;

/** Burns that much CPU time in a process of its own, whatever else the machine does. */
const BURN_MS = 250;
const BURN = `const before = process.cpuUsage(); for (;;) { const { user, system } = process.cpuUsage(before); if (user + system > ${String(BURN_MS)}e3) break; }`;

const hashing = (call: string): string => `
import { pbkdf2, pbkdf2Sync } from 'node:crypto';
import { promisify } from 'node:util';
const later = promisify(pbkdf2);
export const task = async ({ index }) => (await ${call}('secret' + index, 'salt', 100_000, 32, 'sha256')).toString('hex');
`;

describe.runIf(LINUX).each(['threads', 'processes'])('what tasks use off their threads, on %s', (executor) => {
  const run = (path: string): Promise<LiveReport> => measured(path, `--${executor}`, '2', '--tasks', String(TASKS));

  it('is what libuv’s pool computes for them: as much as it would have been on their threads', async () => {
    const [off, on] = [
      only(await run(moduleOf('later.mjs', hashing('later')))),
      only(await run(moduleOf('now.mjs', hashing('pbkdf2Sync')))),
    ];
    expect(share(off, on.cpuMs ?? NaN)).toBeGreaterThan(0.5);
    expect(share(off, on.cpuMs ?? NaN)).toBeLessThan(2);
    expect(off.offThreadCpuMs).toBeGreaterThan(3 * (off.cpuMs ?? NaN));
    expect(on.cpuMs).toBeGreaterThan(3 * (on.offThreadCpuMs ?? NaN));
  });

  it('is what processes use that they start and wait for', async () => {
    const code = `import { execFileSync } from 'node:child_process';\nexport const task = () => execFileSync(process.execPath, ['-e', ${JSON.stringify(BURN)}]).length;\n`;
    const found = only(await run(moduleOf('waits.mjs', code)));
    // With the start of Node itself.
    expect(share(found, TASKS * BURN_MS)).toBeGreaterThan(0.9);
    expect(share(found, TASKS * BURN_MS)).toBeLessThan(4);
  });

  it('is what processes use that live on', async () => {
    const script = JSON.stringify(`${BURN} process.stdout.write('x'); setInterval(() => {}, 1000);`);
    const code = `import { spawn } from 'node:child_process';
import { once } from 'node:events';
export const task = async () => String((await once(spawn(process.execPath, ['-e', ${script}]).stdout, 'data'))[0]);
`;
    const found = only(await run(moduleOf('lives.mjs', code)));
    expect(share(found, TASKS * BURN_MS)).toBeGreaterThan(0.7);
    expect(share(found, TASKS * BURN_MS)).toBeLessThan(4);
  });
});

const burnIn = (time: string): string => `while time.${time}() - before < ${String(BURN_MS / 1000)}: pass`;
const SUBPROCESS = `import subprocess, sys
CODE = """
import time
before = 0
${burnIn('process_time')}
"""
def task(input, context):
    return subprocess.run([sys.executable, "-c", CODE]).returncode
`;
const POOLED = `import concurrent.futures, time
pool = concurrent.futures.ThreadPoolExecutor(1)
def burn():
    before = time.thread_time()
    ${burnIn('thread_time')}
    return 1
def task(input, context):
    return pool.submit(burn).result()
`;

const NO_PYTHON = (await anyInterpreter()) === null;
if (NO_PYTHON)
  console.log(
    'What tasks in Python use off their threads is not tested: no CPython of version 3.8 or newer was found.',
  );

describe.runIf(LINUX && !NO_PYTHON).each(['python-threads', 'python-processes'])(
  'what tasks use off their threads, on %s',
  (executor) => {
    it.each([
      ['processes that they start', SUBPROCESS],
      ['threads of their own', POOLED],
    ])('is what %s use', async (_, code) => {
      const found = only(await measured(moduleOf('task.py', code), `--${executor}`, '1', '--tasks', String(TASKS)));
      expect(share(found, TASKS * BURN_MS)).toBeGreaterThan(0.85);
      expect(share(found, TASKS * BURN_MS)).toBeLessThan(2);
      expect(found.offThreadCpuMs).toBeGreaterThan(3 * (found.cpuMs ?? NaN));
    });
  },
);

describe.runIf(LINUX)('what a short or busy run cannot hold', () => {
  it('is more CPU time than its time, though workers go on computing before and after it', async () => {
    const code = `export const task = ({ index }) => { setInterval(() => { for (const end = Date.now() + 4; Date.now() < end; ); }, 5); return index; };\n`;
    const { executors, totals, elapsedMs } = await measured(
      moduleOf('goes-on.mjs', code),
      '--threads',
      '1',
      '--processes',
      '1',
      '--tasks',
      '4',
    );
    // As short as it is meant to be, but on a crowded machine.
    if (elapsedMs < SHORTEST_LOOK_MS) expect(totals.coresBusy).toBeNull();
    for (const { cpuMs, workers } of executors) expect(cpuMs ?? 0).toBeLessThanOrEqual(elapsedMs * workers.length);
  });
});

describe.runIf(LINUX)('the CPU time of the engine itself', () => {
  it('holds no calibration and no start-up', async () => {
    const options = ['--threads', '1', '--duration', '2s'];
    const [given, calibrated] = [
      await measured('primes', ...options, '--size', '200000'),
      await measured('primes', ...options, '--task-ms', '40'),
    ];
    const perSecond = ({ observer, elapsedMs }: LiveReport): number => (observer.engineCpuMs ?? NaN) / elapsedMs;
    // Calibration alone keeps a core busy for about as long as such a run.
    expect(perSecond(calibrated)).toBeLessThan(Math.max(0.3, 2.5 * perSecond(given)));
  });
});
