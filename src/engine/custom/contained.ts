import { CoreloomError, errorInfo, plain, type ErrorInfo } from '../../contract';
import type { Executor, ExecutorEvent, TaskOutcome, TaskSource } from '../executor';
import type { TaskInput } from '../workload/workload';
import { exitOf, type WorkerExit } from '../worker';
import type { Sentences } from './sentences';

/** A worker answers a checksum, or what its task did wrong. */
export type InnerExecutor = Executor<TaskInput, number | ErrorInfo>;

export interface ContainOptions {
  /** What the inner executor lets no task run longer than, ms. */
  deadlineMs: number;
  sentences: Sentences;
  /** Whether a worker says with this line, as its last words, that it has no memory left. */
  exhausted?(text: string): boolean;
  /** Workers that load a module without end are given up after this time, ms. */
  readyMs: number;
  /** Tells the module's tasks that the run is being ended. */
  cancel(): void;
}

/** A run that waits on without a limit of its own is not being ended: its tasks are only to be finished. */
const ENDS_WITHIN_MS = 60_000;

/**
 * An executor for code that is not to be trusted with anything: whatever becomes of a task is said with the module's file
 * and line.
 */
export function contained(inner: InnerExecutor, options: ContainOptions): Executor<TaskInput, number> {
  return new Contained(inner, options);
}

class Contained implements Executor<TaskInput, number> {
  readonly name;
  readonly threadHost;
  readonly #inner: InnerExecutor;
  readonly #options: ContainOptions;
  /** Workers that said, as their last words, that they have no memory left. */
  readonly #exhausted = new Set<number>();

  constructor(inner: InnerExecutor, options: ContainOptions) {
    this.name = inner.name;
    this.threadHost = inner.threadHost;
    this.#inner = inner;
    this.#options = options;
    inner.on((event) => {
      this.#heard(event);
    });
  }

  async submit(
    argument: TaskInput,
    options: Parameters<Executor<TaskInput, number>['submit']>[1] = {},
  ): Promise<TaskOutcome<TaskInput, number>> {
    return this.#said(await this.#inner.submit(argument, options));
  }

  feed(source: TaskSource<TaskInput, number>): Promise<void> {
    const inner = {
      next: () => source.next(),
      settled: (outcome: TaskOutcome<TaskInput, number | ErrorInfo>) => {
        source.settled(this.#said(outcome));
      },
    };
    return this.#inner.feed(inner).catch((error: unknown) => this.#failed(error));
  }

  resize(workers: number): void {
    this.#inner.resize(workers);
  }

  async ready(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(this.#options.sentences.notReady(this.name, this.#options.readyMs));
      }, this.#options.readyMs);
    });
    try {
      await Promise.race([this.#inner.ready(), limit]);
    } catch (error) {
      this.#failed(error);
    } finally {
      clearTimeout(timer);
    }
  }

  async cancelAll(options: { graceMs?: number } = {}): Promise<void> {
    if ((options.graceMs ?? 0) < ENDS_WITHIN_MS) this.#options.cancel();
    await this.#inner.cancelAll(options);
  }

  drain(): Promise<void> {
    return this.#inner.drain();
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  status(): ReturnType<InnerExecutor['status']> {
    return this.#inner.status();
  }

  on(listener: (event: ExecutorEvent) => void): () => void {
    return this.#inner.on((event) => {
      listener(event.type === 'warning' ? { ...event, warning: this.#warned(event.warning, event) } : event);
    });
  }

  #heard(event: ExecutorEvent): void {
    if (event.type === 'line' && this.#options.exhausted?.(event.text) === true) this.#exhausted.add(event.worker);
  }

  /** Throws what the pool threw, in the words of a module. */
  #failed(error: unknown): never {
    const { code, message } = this.#warned(errorInfo(error), { exit: exitOf(error) });
    throw new CoreloomError(code, message, error);
  }

  /** That workers cannot be started, or used, is said in the same words as to those who wait for them. */
  #warned(error: ErrorInfo, { exit, place }: About): ErrorInfo {
    const { sentences } = this.#options;
    if (error.code === 'task-threw') return sentences.escaped(error, place);
    if (exit === undefined) return error;
    if (error.code === 'worker-unusable') return sentences.unusable(exit, this.name);
    return error.code === 'worker-start-failed' ? sentences.notStarted(exit) : error;
  }

  #said(outcome: TaskOutcome<TaskInput, number | ErrorInfo>): TaskOutcome<TaskInput, number> {
    if (outcome.state === 'done') {
      const { value, state: _, ...settled } = outcome;
      if (isChecksum(value)) return { ...settled, state: 'done', value };
      return {
        ...settled,
        state: 'failed',
        error: isFailure(value) ? { ...value, message: plain(value.message) } : this.#options.sentences.noChecksum(),
      };
    }
    if (outcome.state === 'cancelled') return outcome;
    return { ...outcome, error: this.#explained(outcome) };
  }

  #explained({ error, exit, place, worker }: Extract<TaskOutcome<TaskInput, unknown>, { state: 'failed' }>): ErrorInfo {
    const { sentences, deadlineMs } = this.#options;
    if (error.code === 'task-deadline') return sentences.neverReturned(deadlineMs);
    if (error.code === 'worker-died')
      return sentences.died(
        { ...UNKNOWN, ...exit, ...(this.#exhausted.has(worker) ? { outOfMemory: true } : {}) },
        this.name,
      );
    return this.#warned(error, { exit, place });
  }
}

/** What an error of a pool is about: the end of a worker, or a place in the tasks' own code. */
interface About {
  exit?: WorkerExit | undefined;
  place?: string | undefined;
}

/** Of a worker that ended with a task whose memory had been moved to it, no more is known. */
const UNKNOWN: WorkerExit = { code: null, signal: null, reason: 'it ended' };

/** Whether a value is an unsigned 32-bit number: what a worker answers may have been made by what its module broke. */
function isChecksum(value: unknown): value is number {
  return typeof value === 'number' && value >>> 0 === value;
}

function isFailure(value: unknown): value is ErrorInfo {
  if (typeof value !== 'object' || value === null) return false;
  const { code, message } = value as Partial<Record<keyof ErrorInfo, unknown>>;
  return (code === 'task-threw' || code === 'task-not-cloneable') && typeof message === 'string';
}
