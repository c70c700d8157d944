import { executorFacts, hasProcesses } from '../../contract';
import { nowMs } from '../system/clock';
import type { LockCounters, WorkerLockCounters } from '../lock-counters';
import type { LockMessage } from './messages';
import type { PythonExecutorName } from './types';

type Probe = NonNullable<LockCounters['probe']>;

/** What one host told last. */
interface HostSums {
  atMs: number;
  cpuMs: number;
  probe: Probe | null;
  probeTid: number | null;
}

/** Collects what hosts and workers tell of the lock, over as many hosts as there come to be. */
export class LockMeter {
  /** How workers hold their lock while it is on; where they have one each, a host's is not theirs. */
  readonly #held: 'shared' | 'own';
  readonly #processes: boolean;
  #lockOn: boolean;
  #host: HostSums = { atMs: nowMs(), cpuMs: 0, probe: null, probeTid: null };
  /** Of hosts that have ended. */
  #past = { cpuMs: 0, probe: { looks: 0, held: 0, waitMs: 0, cpuMs: 0 } };
  readonly #workers = new Map<number, WorkerLockCounters>();
  readonly #gone: WorkerLockCounters = none();

  constructor(name: PythonExecutorName, lockOn: boolean) {
    this.#held = executorFacts(name).lock ?? 'own';
    this.#processes = hasProcesses(name);
    this.#lockOn = lockOn;
  }

  /** A host is up: whether its lock is on, and the CPU time that its start took, at that moment: heard, it may be long past. */
  up({ lockOn, cpuMs, atMs }: { lockOn: boolean; cpuMs: number; atMs: number }): void {
    this.#lockOn = lockOn;
    this.#host = { atMs, cpuMs, probe: null, probeTid: null };
  }

  /** A worker has loaded what it runs, which may have switched the lock. */
  loaded(lockOn: boolean): void {
    this.#lockOn = lockOn;
  }

  worked(worker: number, { workMs, cpuMs }: { workMs: number; cpuMs: number }): void {
    Object.assign(this.#worker(worker), { workMs, cpuMs });
  }

  told({ atMs, cpuMs, lockOn, probes, held, waitMs, probeCpuMs, probeTid, waits }: LockMessage): void {
    if (this.#held === 'shared') this.#lockOn = lockOn;
    const probe = probes === null ? null : { looks: probes, held, waitMs, cpuMs: probeCpuMs };
    this.#host = { atMs, cpuMs, probe, probeTid: process.platform === 'linux' ? probeTid : null };
    for (const [worker, looks, waited] of waits ?? []) Object.assign(this.#worker(worker), { looks, waits: waited });
  }

  workerEnded(worker: number): void {
    add(this.#gone, this.#workers.get(worker) ?? none());
    this.#workers.delete(worker);
  }

  hostEnded(): void {
    const { cpuMs, probe } = this.#host;
    this.#past = { cpuMs: this.#past.cpuMs + cpuMs, probe: plus(this.#past.probe, probe) };
    this.#host = { atMs: nowMs(), cpuMs: 0, probe: null, probeTid: null };
  }

  counters(): LockCounters {
    const total = { ...this.#gone };
    for (const worker of this.#workers.values()) add(total, worker);
    return {
      // A process tells its CPU time when it tells anything; tasks' times come with their results.
      atMs: this.#processes ? nowMs() : this.#host.atMs,
      lock: this.#lockOn ? this.#held : 'off',
      cpuMs: this.#processes ? total.cpuMs : this.#past.cpuMs + this.#host.cpuMs,
      probe: this.#held === 'shared' && this.#lockOn ? plus(this.#past.probe, this.#host.probe) : null,
      probeTid: this.#host.probeTid,
      total,
      workers: [...this.#workers].map(([worker, { workMs, cpuMs, looks, waits }]) => ({
        worker,
        workMs,
        cpuMs,
        looks,
        waits,
      })),
    };
  }

  #worker(worker: number): WorkerLockCounters {
    const found = this.#workers.get(worker);
    if (found !== undefined) return found;
    const made = none();
    this.#workers.set(worker, made);
    return made;
  }
}

function none(): WorkerLockCounters {
  return { workMs: 0, cpuMs: 0, looks: null, waits: null };
}

function add(sum: WorkerLockCounters, more: WorkerLockCounters): void {
  sum.workMs += more.workMs;
  sum.cpuMs += more.cpuMs;
  if (more.looks !== null) sum.looks = (sum.looks ?? 0) + more.looks;
  if (more.waits !== null) sum.waits = (sum.waits ?? 0) + more.waits;
}

function plus(a: Probe, b: Probe | null): Probe {
  if (b === null) return a;
  return { looks: a.looks + b.looks, held: a.held + b.held, waitMs: a.waitMs + b.waitMs, cpuMs: a.cpuMs + b.cpuMs };
}
