import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import type { ErrorInfo, Sample } from '../../../src/contract';
import { nowMs } from '../../../src/engine/system/clock';
import { createSampler, type Sampler, type SamplerOptions } from '../../../src/engine/metrics';
import { parseProcStat, type CoreTimes } from '../../../src/engine/metrics/tick/cpu-times';
import { ENTRIES } from '../../support/paths';

const LINUX = process.platform === 'linux';
if (!LINUX) console.log('Skipped: tests against /proc need Linux.');
const fixture = (name: string): string => resolve(import.meta.dirname, 'fixtures', name);

const samplers: Sampler[] = [];
const children: ChildProcess[] = [];

function sampler(options: Partial<SamplerOptions> = {}): Sampler {
  const created = createSampler({ entry: ENTRIES.sampler, ...options });
  samplers.push(created);
  return created;
}

async function start(name: string, ...args: string[]): Promise<{ child: ChildProcess; said: unknown }> {
  const child = fork(fixture(name), args, { execArgv: [] });
  children.push(child);
  const [said] = (await once(child, 'message')) as unknown[];
  return { child, said };
}

async function burningThread(): Promise<{ tid: number; stop: () => Promise<unknown> }> {
  const code = `
    const { parentPort } = require('node:worker_threads');
    parentPort.postMessage(Number(require('node:fs').readlinkSync('/proc/thread-self').split('/').at(-1)));
    setInterval(() => { const end = Date.now() + 20; while (Date.now() < end); }, 40);`;
  const thread = new Worker(code, { eval: true });
  const [tid] = (await once(thread, 'message')) as [number];
  return { tid, stop: () => thread.terminate() };
}

/** Resolves with the samples once the last one fulfils the condition. */
function samplesUntil(from: Sampler, enough: (sample: Sample) => boolean): Promise<Sample[]> {
  const seen: Sample[] = [];
  return new Promise((resolved) => {
    const off = from.on((sample) => {
      seen.push(sample);
      if (!enough(sample)) return;
      off();
      resolved(seen);
    });
  });
}

async function gone(pid: number): Promise<void> {
  await expect
    .poll(
      () => !existsSync(`/proc/${String(pid)}/stat`) || / Z /.test(readFileSync(`/proc/${String(pid)}/stat`, 'utf8')),
      { timeout: 5000 },
    )
    .toBe(true);
}

/** The number of the only child process of this process that runs the sampler's entry. */
function samplerPids(): number[] {
  const tasks = `/proc/${String(process.pid)}/task`;
  return readFileSync(`${tasks}/${String(process.pid)}/children`, 'utf8')
    .trim()
    .split(' ')
    .map(Number)
    .filter((pid) => pid > 0 && readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').includes(ENTRIES.sampler));
}

const kernel = (): CoreTimes[] => parseProcStat(readFileSync('/proc/stat', 'utf8'));
const onCpuMs = (pid: number): number =>
  Number(readFileSync(`/proc/${String(pid)}/schedstat`, 'utf8').split(' ')[0]) / 1e6;

afterEach(async () => {
  await Promise.all(samplers.splice(0).map((it) => it.stop()));
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

describe.runIf(LINUX)('the sampler beside the kernel', () => {
  it('agrees with /proc/stat under a known load and attributes that load to its worker', async () => {
    const { child } = await start('burn.mjs');
    const pid = child.pid ?? 0;
    const under = sampler();
    under.watch([{ executor: 'processes', worker: 1, pid, tid: null, kind: 'process' }]);
    await under.start();
    await samplesUntil(under, () => true);
    const before = { cores: kernel(), usedMs: onCpuMs(pid), atMs: nowMs() };
    const until = samplesUntil(under, (sample) => after !== null && sample.atMs > after.atMs);
    let after: typeof before | null = null;
    setTimeout(() => (after = { cores: kernel(), usedMs: onCpuMs(pid), atMs: nowMs() }), 2500);
    const samples = await until;
    const end = after ?? before;
    // A sample at either end counts for the part of it that lies between the two readings made here.
    const weigh = (sample: Sample): number =>
      Math.max(0, Math.min(sample.atMs, end.atMs) - Math.max(sample.atMs - sample.intervalMs, before.atMs));
    const sum = (value: (sample: Sample) => number): number =>
      samples.reduce((total, sample) => total + value(sample) * weigh(sample), 0);
    end.cores.forEach((now, index) => {
      const then = before.cores[index];
      const busyMs = now.busyMs - (then?.busyMs ?? 0);
      const totalMs = busyMs + now.idleMs - (then?.idleMs ?? 0);
      const mean = sum((sample) => sample.utilization[index] ?? 0) / sum(() => 1);
      expect(Math.abs(mean - busyMs / totalMs)).toBeLessThan(0.02);
    });
    const usedMs = end.usedMs - before.usedMs;
    const attributedMs = sum((sample) =>
      (sample.byExecutor?.processes ?? []).reduce((shares, share) => shares + share, 0),
    );
    expect(attributedMs).toBeGreaterThan(0.8 * usedMs);
    expect(attributedMs).toBeLessThan(1.1 * usedMs);
    const workerMs = sum((sample) => (sample.workers[0]?.cpuMs ?? 0) / sample.intervalMs);
    expect(workerMs).toBeGreaterThan(0.9 * usedMs);
    expect(workerMs).toBeLessThan(1.1 * usedMs);
    for (const sample of samples) {
      sample.byExecutor?.processes?.forEach((share, core) => {
        expect(share).toBeLessThanOrEqual(sample.utilization[core] ?? 0);
      });
    }
  });

  it('carries memory and the cross-check about once a second, and what looking costs', async () => {
    const { child } = await start('burn.mjs');
    const under = sampler();
    under.watch([{ executor: 'processes', worker: 1, pid: child.pid ?? 0, tid: null, kind: 'process' }]);
    const samples = samplesUntil(under, (sample) => sample.tick >= 36);
    await under.start();
    const seen = await samples;
    const memory = seen.flatMap((sample) => sample.memory ?? []);
    expect(memory.length).toBeGreaterThanOrEqual(2);
    expect(memory.length).toBeLessThanOrEqual(5);
    expect(memory.at(-1)?.byExecutor.processes?.residentBytesPerWorker).toBeGreaterThan(10e6);
    const checks = seen.flatMap((sample) => sample.crossCheck ?? []);
    expect(checks.length).toBeGreaterThanOrEqual(2);
    expect(checks.length).toBeLessThanOrEqual(5);
    checks.forEach((check, index) => {
      expect(check.cores).toEqual(seen[0]?.cores);
      if (index > 0) expect(check.fromMs).toBe(checks[index - 1]?.toMs);
    });
    expect(checks.at(-1)?.kernel.every((share) => share !== null && share >= 0 && share <= 1)).toBe(true);
    expect(seen.map((sample) => sample.tick)).toEqual(seen.map((_, index) => index));
    expect(seen.reduce((sum, sample) => sum + sample.observer.cpuMs, 0)).toBeGreaterThan(0);
  });

  it('ticks more seldom while nothing is measured, and loses no time when that changes', async () => {
    const under = sampler();
    const idle = samplesUntil(under, (sample) => sample.tick >= 5);
    await under.start();
    under.rest();
    const seen = await idle;
    const full = samplesUntil(under, (sample) => sample.tick >= 16);
    const askedMs = nowMs();
    await under.start();
    seen.push(...(await full));
    const again = samplesUntil(under, (sample) => sample.tick >= 19);
    under.rest();
    seen.push(...(await again));
    expect(seen.map(({ tick }) => tick)).toEqual(seen.map((_, index) => index));
    seen.slice(1).forEach((sample, index) => {
      expect(sample.atMs - sample.intervalMs).toBeCloseTo(seen[index]?.atMs ?? 0, 3);
      expect(sample.intervalMs).toBeGreaterThan(45);
      expect(sample.cores).toEqual(seen[0]?.cores);
    });
    const after = seen.filter(({ atMs, intervalMs }) => atMs - intervalMs > askedMs);
    expect(Math.min(...seen.slice(3, 5).map(({ intervalMs }) => intervalMs))).toBeGreaterThan(240);
    expect(Math.min(...after.map(({ intervalMs }) => intervalMs))).toBeLessThan(300);
    expect(seen.at(-1)?.intervalMs).toBeGreaterThan(240);
  });

  it('ends a tick when it is asked to, ahead of its time, and loses no time by it', async () => {
    const under = sampler({ hz: 1 });
    await under.start();
    const askedMs = nowMs();
    await under.readNow();
    const readMs = nowMs();
    const [short, next] = await samplesUntil(under, ({ atMs, intervalMs }) => atMs - intervalMs >= askedMs);
    expect(short?.atMs).toBeGreaterThanOrEqual(askedMs);
    expect(short?.atMs).toBeLessThanOrEqual(readMs);
    // At once, and no other, would be too short to say anything.
    expect(short?.intervalMs).toBeGreaterThan(19);
    expect((next?.atMs ?? 0) - (next?.intervalMs ?? 0)).toBeCloseTo(short?.atMs ?? -1, 3);
    expect(next?.intervalMs).toBeGreaterThan(900);
  });

  it('follows a thread of this process, and what it adds to its memory', async () => {
    const under = sampler();
    const calm = samplesUntil(under, (sample) => sample.tick >= 12);
    await under.start();
    await calm;
    const { tid, stop } = await burningThread();
    under.watch([{ executor: 'threads', worker: 1, pid: process.pid, tid, kind: 'thread' }]);
    const samples = await samplesUntil(
      under,
      (sample) => typeof sample.memory?.byExecutor.threads?.residentBytesPerWorker === 'number',
    );
    await stop();
    const cpuMs = samples.reduce((sum, sample) => sum + (sample.workers[0]?.cpuMs ?? 0), 0);
    expect(cpuMs).toBeGreaterThan(0);
    expect(samples.some((sample) => sample.byExecutor?.threads?.some((share) => share > 0))).toBe(true);
    expect(samples.at(-1)?.memory?.byExecutor.threads).toMatchObject({ workers: 1, proportionalBytesPerWorker: null });
  });

  it('goes on after a watched worker has vanished', async () => {
    const { child } = await start('burn.mjs');
    const under = sampler();
    under.watch([{ executor: 'processes', worker: 7, pid: child.pid ?? 0, tid: null, kind: 'process' }]);
    await under.start();
    child.kill('SIGKILL');
    const samples = await samplesUntil(under, (sample) => sample.workers[0]?.cpuMs === null);
    expect(samples.at(-1)?.workers).toEqual([
      { executor: 'processes', worker: 7, cpuMs: null, runQueueMs: null, core: null },
    ]);
  });

  it('is started again after it was killed, says so, and its ticks go on', async () => {
    const under = sampler({ restartDelaysMs: [10] });
    const warnings: ErrorInfo[] = [];
    under.onWarning((warning) => warnings.push(warning));
    await under.start();
    const [pid] = samplerPids();
    const before = await samplesUntil(under, () => true);
    process.kill(pid ?? 0, 'SIGKILL');
    const after = await samplesUntil(under, () => warnings.length > 0);
    expect(after.at(-1)?.tick).toBeGreaterThan(before[0]?.tick ?? Infinity);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatchObject({ code: 'sampler-failed' });
    expect(warnings[0]?.message).toContain('SIGKILL');
    expect(samplerPids()).not.toContain(pid);
  });

  it('is replaced where it was suspended, and says so', async () => {
    const under = sampler({ restartDelaysMs: [10], silenceMs: 1_000 });
    const warnings: ErrorInfo[] = [];
    under.onWarning((warning) => warnings.push(warning));
    await under.start();
    const [pid] = samplerPids();
    process.kill(pid ?? 0, 'SIGSTOP');
    await samplesUntil(under, () => warnings.length > 0);
    expect(warnings[0]?.message).toMatch(/ did not respond for [\d.]+ s and was ended; it will be restarted/);
    await gone(pid ?? 0);
    expect(samplerPids()).not.toContain(pid);
  });

  it('leaves no process when it is stopped, however often', async () => {
    const under = sampler();
    await under.start();
    const [pid] = samplerPids();
    await Promise.all([under.stop(), under.stop()]);
    await under.stop();
    await gone(pid ?? 0);
    expect(samplerPids()).toEqual([]);
  });

  it('leaves no process when its parent is killed', async () => {
    const { child, said } = await start('parent.mjs', ENTRIES.sampler);
    const { pid } = said as { pid: number };
    child.kill('SIGKILL');
    await gone(pid);
  });
});

describe('the sampler', () => {
  it('reads the machine without having been started, once', async () => {
    const under = sampler();
    const machine = await under.machine();
    expect(await under.machine()).toBe(machine);
    expect(machine.clock.agrees).toBe(true);
    expect(machine.hardwareThreads).toBeGreaterThan(0);
    expect(machine.limits.effectiveCpus).toBeGreaterThan(0);
    expect(machine.limits.effectiveCpus).toBeLessThanOrEqual(machine.hardwareThreads);
    expect(machine.cpuModel).not.toBe('');
  });

  it('gives up after its restarts, with the reason', async () => {
    const warnings: ErrorInfo[] = [];
    const under = sampler({ entry: fixture('no-such-file.mjs'), restartDelaysMs: [1, 1] });
    under.onWarning((warning) => warnings.push(warning));
    await expect(under.start()).rejects.toMatchObject({
      code: 'sampler-failed',
      message: expect.stringContaining('will not be restarted after 3 attempts') as string,
    });
    expect(warnings).toHaveLength(3);
  });

  it('refuses rates that it cannot keep', () => {
    for (const hz of [0, -1, NaN, 11, Infinity])
      expect(() => sampler({ hz })).toThrowError(expect.objectContaining({ code: 'bad-input' }) as Error);
  });

  it('cannot be used once stopped', async () => {
    const under = sampler();
    await under.stop();
    await expect(under.start()).rejects.toMatchObject({ code: 'sampler-failed' });
    await expect(under.machine()).rejects.toMatchObject({ code: 'sampler-failed' });
  });
});
