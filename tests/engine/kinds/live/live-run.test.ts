import { describe, expect, it } from 'vitest';
import type { ErrorInfo, LiveReport, MachineInfo, ResolvedSettings, Sample } from '../../../../src/contract';
import { nowMs } from '../../../../src/engine/system/clock';
import type { ExecutorEvent, ExecutorStatus, TaskSource } from '../../../../src/engine/executor';
import type { NodeExecutor } from '../../../../src/engine/kinds/shared/staffing';
import type { LiveRun } from '../../../../src/engine/kinds/live/options';
import { startLiveRun } from '../../../../src/engine/kinds/live/live-run';
import type { Sampler } from '../../../../src/engine/metrics/types';
import { inputSeed } from '../../../../src/engine/workload/inputs';
import { parseReport } from '../../../../src/engine/reports/any-kind';
import { primes } from '../../../../src/engine/workload/primes';
import { makeMachine } from '../../../fixtures/report';
import type { TaskInput } from '../../../../src/engine/workload/workload';

const settings: ResolvedSettings = {
  workload: 'primes',
  workers: { threads: 1 },
  size: 10,
  workloadSettings: {},
  prepared: {},
  taskMs: null,
  calibratedMs: null,
  durationMs: null,
  tasks: null,
  seed: 1,
};
const machine = {
  hardwareThreads: 2,
  limits: { allowedCores: null, quotaCpus: null, effectiveCpus: 2, explanation: '' },
} as MachineInfo;

/** One worker that does one task of 50 ms, and is in the middle of the next when the run is stopped. */
function fakeThreads() {
  const listeners = new Set<(event: ExecutorEvent) => void>();
  const emit = (event: ExecutorEvent): void => {
    for (const listener of listeners) listener(event);
  };
  let workers: number[] = [];
  let source: TaskSource<TaskInput, number> | null = null;
  let fed = (): void => {};
  let second = { argument: {} as TaskInput, id: 1, worker: 1, attempts: 1, queuedMs: 0, startedMs: 0 };
  const begin = (worker: number): void => {
    workers = [worker];
    emit({ type: 'worker-ready', worker, pid: process.pid, tid: null, startUpMs: 1 });
  };
  const status = (): ExecutorStatus => ({
    desired: 1,
    live: workers.length,
    queued: 0,
    deaths: 0,
    workers: workers.map((worker) => ({
      worker,
      state: { state: 'idle' },
      pid: process.pid,
      tid: null,
      settled: 0,
      startUpMs: 1,
      handOverUs: 1,
    })),
  });
  const executor = {
    name: 'threads',
    status,
    on: (listener: (event: ExecutorEvent) => void) => (listeners.add(listener), () => listeners.delete(listener)),
    resize: (count: number) => (count === 0 ? (workers = []) : workers.length === 0 && begin(1)),
    ready: async () => {},
    feed: (tasks: TaskSource<TaskInput, number>) => {
      source = tasks;
      const startedMs = nowMs();
      tasks.settled({
        state: 'done',
        argument: tasks.next()!,
        id: 0,
        worker: 1,
        attempts: 1,
        queuedMs: startedMs,
        startedMs,
        finishedMs: startedMs + 50,
        value: 7,
      });
      second = { ...second, argument: tasks.next()!, queuedMs: startedMs, startedMs: startedMs + 50 };
      return new Promise<void>((resolve) => (fed = resolve));
    },
    cancelAll: async () => {
      source?.settled({ ...second, state: 'cancelled', finishedMs: second.startedMs + 950 });
      source = null;
      fed();
      // A pool replaces the worker that it ended.
      begin(2);
    },
  };
  return executor as unknown as NodeExecutor;
}

function fakeSampler() {
  const samples = new Set<(sample: Sample) => void>();
  const warnings = new Set<(warning: ErrorInfo) => void>();
  const sampler = {
    hz: 10,
    watch: () => {},
    readNow: () => Promise.resolve(),
    on: (listener: (sample: Sample) => void) => (samples.add(listener), () => samples.delete(listener)),
    onWarning: (listener: (warning: ErrorInfo) => void) => (warnings.add(listener), () => warnings.delete(listener)),
  };
  return {
    sampler: sampler as unknown as Sampler,
    sample(startMs: number, endMs: number, cpuMs: number, crossCheck: Sample['crossCheck'] = null) {
      const sample: Sample = {
        tick: 1,
        atMs: endMs,
        intervalMs: endMs - startMs,
        cores: [0],
        utilization: [1],
        byExecutor: null,
        crossCheck,
        frequencyMhz: null,
        temperatureC: null,
        coreTemperatureC: null,
        memory: null,
        workers: [1, 2].map((worker) => ({
          executor: 'threads',
          worker,
          cpuMs: worker === 1 ? cpuMs : 0,
          runQueueMs: 0,
          core: 0,
        })),
        offThreadCpuMs: { threads: null },
        observer: { cpuMs: 1, engineCpuMs: null, lateMs: 0 },
      };
      for (const listener of samples) listener(sample);
    },
    warn: (warning: ErrorInfo) => {
      for (const listener of warnings) listener(warning);
    },
  };
}

interface Stage extends ReturnType<typeof fakeSampler> {
  run: LiveRun;
  startedMs: number;
}

/** Runs until its first task is done, does `meanwhile`, stops it, and answers the report. */
async function report(meanwhile: (stage: Stage) => void): Promise<LiveReport> {
  const fake = fakeSampler();
  const run: LiveRun = startLiveRun({
    id: 'one',
    workload: primes,
    settings,
    executors: [fakeThreads()],
    sampler: fake.sampler,
    machine,
    createdBy: { host: 'terminal', coreloom: '0' },
    emit: () => {},
    announce: ({ phase, counts }) => {
      if (phase !== 'running' || counts.done === 0) return;
      meanwhile({ ...fake, run, startedMs: run.state().startedMs });
      run.stop({ interrupted: false });
    },
    droppedEvents: () => 0,
    inputs: ({ workload, size, seed }) => [0, 1].map((input) => ({ workload, size, seed: inputSeed(seed, input) })),
    entries: { httpServer: '' },
  });
  return run.ended;
}

describe('the report of a live run', () => {
  it('warns where the kernel and systeminformation were more than five points apart, and counts no second that began before it', async () => {
    const apart = (points: number) =>
      report(({ sample, startedMs }) => {
        for (let second = -1; second < 5; second++) {
          const fromMs = startedMs + second * 1_000 + (second < 0 ? 500 : 0);
          const toMs = fromMs + 1_000;
          sample(Math.max(startedMs, fromMs), toMs, 0, {
            fromMs,
            toMs,
            cores: [0],
            utilization: [second < 0 ? 1 : 0.5],
            kernel: [0.5 + points / 100],
          });
        }
      });
    const far = await apart(6);
    expect(far.warnings).toContainEqual(
      expect.stringMatching(
        /^Utilization by the kernel and by systeminformation was 6(?:\.0)? points apart on average, 6(?:\.0)? points at worst \(core 0\): /,
      ),
    );
    expect(far.samples.crossCheck.cores?.[0]).toMatchObject({ readings: 5, systeminformation: 0.5 });
    expect((await apart(4)).warnings.join()).not.toContain('systeminformation');
  });

  it('divides CPU time by the time in which it was used, also where a task was cut off', async () => {
    const { elapsedMs, totals } = await report(({ sample, startedMs }) => {
      sample(startedMs, startedMs + 1_000, 990);
    });
    expect(elapsedMs).toBeGreaterThanOrEqual(1_000);
    expect(elapsedMs).toBeLessThan(1_050);
    expect(totals.coresBusy).toBeCloseTo(0.99, 1);
  });

  it('says where samples are missing, and why', async () => {
    const { warnings, totals, finding } = await report(({ sample, warn, startedMs }) => {
      sample(startedMs, startedMs + 200, 200);
      warn({ code: 'sampler-failed', message: 'The sampler was ended.' });
    });
    expect(warnings).toEqual([
      expect.stringMatching(/^Samples are missing for 8\d\d ms of 1\.0\d s/),
      'The sampler was ended.',
    ]);
    expect(totals.coresBusy).toBeNull();
    expect(finding).toMatch(/^1 task done: samples stopped before they could show/);
  });

  it('is available while the run is on, as one that was interrupted, and says how many tasks workers hold', async () => {
    const kept: (LiveReport | null)[] = [];
    let on: LiveRun | null = null;
    const whole = await report(({ run, sample, startedMs }) => {
      sample(startedMs, startedMs + 500, 500);
      on = run;
      kept.push(run.soFar());
    });
    const [soFar] = kept;
    expect(soFar).toMatchObject({
      outcome: 'interrupted',
      failure: {
        code: 'interrupted',
        message: expect.stringMatching(/stopped during the measurement: this report covers the first/) as string,
      },
      totals: { counts: { done: 1, failed: 0, cancelled: 0 }, underWay: 1 },
    });
    expect(soFar?.tasks.id).toEqual([0]);
    expect(parseReport({ ...soFar, machine: makeMachine(2) })).toMatchObject({ id: whole.id, totals: { underWay: 1 } });
    expect(whole.totals).not.toHaveProperty('underWay');
    expect((on as LiveRun | null)?.soFar()).toBeNull();
  });

  it('says first that there was no sample, in its finding and in its warnings', async () => {
    const { warnings, finding, observer } = await report(({ warn }) => {
      warn({ code: 'sampler-failed', message: 'The sampler was ended.' });
    });
    expect(finding).toBe('1 task done: no samples were taken, so it is not known how busy the cores were.');
    expect(warnings).toEqual([expect.stringMatching(/^No samples were taken in 1\.00 s: /), 'The sampler was ended.']);
    expect(observer).toMatchObject({ samples: 0, samplerCpuMs: null });
  });

  it('names the workers that worked, and none that a pool started when it ended', async () => {
    const { executors } = await report(() => {});
    expect(executors[0]?.workers.map(({ worker, settled }) => [worker, settled])).toEqual([[1, 1]]);
  });
});
