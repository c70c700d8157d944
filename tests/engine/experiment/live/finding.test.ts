import { describe, expect, it } from 'vitest';
import type { CpuLimits, WorkloadInfo } from '../../../../src/contract';
import { liveFinding, type Seen } from '../../../../src/engine/experiment/live/finding';

const workload = { name: 'sha256', title: 'SHA-256' } as WorkloadInfo;
const limits: CpuLimits = { allowedCores: null, quotaCpus: null, effectiveCpus: 2, explanation: '' };
const seen = (over: Partial<Seen>): Seen => ({ workload, limits, workers: 2, tasks: 100, failed: 0, elapsedMs: 1_000, cpuMs: 1_980, runQueueMs: 10, ...over });

describe('the finding of a live run', () => {
  it('says how many cores the workers keep busy', () => {
    expect(liveFinding(seen({}))).toBe('SHA-256 computes: 2 workers keep 1.98 of 2 cores busy.');
  });

  it('says that more workers than cores only queue', () => {
    expect(liveFinding(seen({ workers: 4, runQueueMs: 1_980 }))).toMatch(/waited for a core 50 % .* more than 2 workers only queue/);
  });

  it('says both where there are more workers than cores and others use the cores too', () => {
    expect(liveFinding(seen({ workers: 4, cpuMs: 1_500, runQueueMs: 2_000 }))).toMatch(/only queue, and something else on this machine uses the cores too\.$/);
  });

  it('blames the rest of the machine where cores are not the limit', () => {
    expect(liveFinding(seen({ workers: 1, cpuMs: 500, runQueueMs: 400 }))).toMatch(/something else on this machine/);
  });

  it('says that waiting work leaves the cores alone', () => {
    expect(liveFinding(seen({ cpuMs: 20, runQueueMs: 0 }))).toMatch(/waits rather than computes.*More workers can wait/);
  });

  it('does not take work that was kept from the cores for work that waits', () => {
    expect(liveFinding(seen({ cpuMs: 200, runQueueMs: 1_700 }))).toMatch(/^SHA-256 computes.*something else/);
  });

  it('claims nothing from a short look', () => {
    expect(liveFinding(seen({ elapsedMs: 100, cpuMs: 0, runQueueMs: 0 }))).toMatch(/too short a look/);
  });

  it('does not take a run whose samples stopped coming for a short one', () => {
    const stopped = '100 tasks done: samples stopped coming before they could say how busy the cores were.';
    expect(liveFinding(seen({ elapsedMs: 100, cpuMs: 90, incomplete: true }))).toBe(stopped);
    expect(liveFinding(seen({ elapsedMs: 0, cpuMs: null, incomplete: true }))).toBe('100 tasks done: no sample came, so how busy the cores were is not known.');
    expect(liveFinding(seen({ elapsedMs: 1_000, incomplete: true }))).toMatch(/1\.98 of 2 cores busy/);
  });

  it('says so where the system cannot tell', () => {
    expect(liveFinding(seen({ cpuMs: null, runQueueMs: null }))).toMatch(/not available here/);
  });

  it('claims nothing before the first task', () => {
    expect(liveFinding(seen({ tasks: 0 }))).toBe('No task has finished yet.');
    expect(liveFinding(seen({ tasks: 0 }), { over: true })).toBe('The run ended before a task had finished.');
  });

  it('says that no worker is running, and of a run that is over that none was left', () => {
    expect(liveFinding(seen({ workers: 0 }))).toBe('No worker is running: 100 tasks done so far.');
    expect(liveFinding(seen({ workers: 0 }), { over: true })).toBe('No worker was left at the end: 100 tasks done.');
    expect(liveFinding(seen({ workers: 0, failed: 2 }))).toBe('2 of 102 tasks failed. No worker is running: 100 tasks done so far.');
  });

  it('says first that tasks failed, and of how many', () => {
    expect(liveFinding(seen({ failed: 3 }))).toMatch(/^3 of 103 tasks failed\. SHA-256 computes: /);
    expect(liveFinding(seen({ tasks: 2, failed: 9_998, elapsedMs: 100 }), { over: true })).toBe('9,998 of 10,000 tasks failed. 2 tasks done: too short a look to say how busy the cores were.');
    expect(liveFinding(seen({ tasks: 0, failed: 1 }))).toBe('The only finished task failed: nothing can be said of SHA-256.');
    expect(liveFinding(seen({ tasks: 0, failed: 2 }))).toMatch(/^All 2 finished tasks failed/);
  });
});
