import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { LockProgress } from '../../../src/contract';
import { lockBetween } from '../../../src/engine/python';
import { anyInterpreter, create, type TestTask, type Variant } from './support/pythons';

const interpreter = await anyInterpreter();
/** Long enough for about a hundred looks. */
const LOOK_MS = 2500;

async function look(name: Variant['name'], task: TestTask, workers = 2): Promise<LockProgress> {
  const executor = create({ name, interpreter: interpreter! });
  executor.resize(workers);
  await executor.ready();
  let on = true;
  const feeding = executor.feed({ next: () => (on ? task : undefined), settled: () => undefined });
  // The first report of the probe comes after 0.2 s.
  await wait(400);
  const earlier = executor.status().lock!;
  await wait(LOOK_MS);
  const later = executor.status().lock!;
  on = false;
  await feeding;
  await executor.close();
  return lockBetween(earlier, later)!;
}

// Margins are wide: this machine may be doing anything else at the same time. Figures are the benchmark's.
describe.skipIf(interpreter === null || !interpreter.lockOn)('the interpreter lock, measured', () => {
  it('keeps three computing threads on at most about one core, and is found held', async () => {
    const seen = await look('python-threads', { kind: 'spin', ms: 10 }, 3);
    expect(seen.lock).toBe('shared');
    // One core, and a hair for the probe: whatever else the machine does, threads under one lock get no more.
    expect(seen.coresBusy).toBeLessThan(1.15);
    expect(seen.onCpuShare).toBeLessThan(0.75);
    expect(seen.heldShare).toBeGreaterThan(0.4);
    if (seen.waitingFrom === 'seen') expect(seen.waitingShare).toBeGreaterThan(0.1);
    expect(seen.releasesLock).not.toBe(true);
    expect(seen.probe?.looks).toBeGreaterThan(20);
    expect(seen.probe?.cpuShare).toBeLessThan(0.1);
  });

  it('is free while threads sleep, so that the work is said to release it', async () => {
    const seen = await look('python-threads', { kind: 'pause', ms: 10 });
    expect(seen.heldShare).toBeLessThan(0.3);
    expect(seen.onCpuShare).toBeLessThan(0.3);
    expect(seen.waitingShare).toBeLessThan(0.2);
    expect(seen.releasesLock).toBe(true);
  });

  it('is nobody’s concern where every worker has a process', async () => {
    const seen = await look('python-processes', { kind: 'spin', ms: 10 });
    expect(seen).toMatchObject({ lock: 'own', waitingShare: 0, waitingFrom: 'none', probe: null });
    expect(seen.coresBusy).toBeGreaterThan(0);
  });
});
