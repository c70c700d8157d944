import type { ErrorInfo } from '../../contract';
import type { Executor, ExecutorEvent, TaskOutcome, TaskSource } from '../executor';
import type { TaskInput } from '../workload/workload';
import type { Sentences } from './sentences';

/** A worker answers a checksum, or what its task did wrong. */
export type InnerExecutor = Executor<TaskInput, number | ErrorInfo>;

export interface ContainOptions {
  deadlineMs: number;
  /** Whether the inner executor watches the deadline itself: then its workers are given tasks in batches. */
  watched?: boolean;
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

type Source = TaskSource<TaskInput, number>;
type Submit = (argument: TaskInput) => Promise<TaskOutcome<TaskInput, number>>;

/**
 * An executor for code that is not to be trusted with anything: each task has a deadline, and whatever becomes of it is
 * said with the module's file and line.
 */
export function contained(inner: InnerExecutor, options: ContainOptions): Executor<TaskInput, number> {
  return new Contained(inner, options);
}

class Contained implements Executor<TaskInput, number> {
  readonly name;
  readonly threadHost;
  readonly #inner: InnerExecutor;
  readonly #options: ContainOptions;
  readonly #feeds = new Set<Feed>();
  /** Workers that said, as their last words, that they have no memory left. */
  readonly #exhausted = new Set<number>();
  #desired = 0;

  constructor(inner: InnerExecutor, options: ContainOptions) {
    this.name = inner.name;
    this.threadHost = inner.threadHost;
    this.#inner = inner;
    this.#options = options;
    inner.on((event) => {
      this.#heard(event);
    });
  }

  async submit(argument: TaskInput, options: Parameters<Executor<TaskInput, number>['submit']>[1] = {}): Promise<TaskOutcome<TaskInput, number>> {
    const { deadlineMs, watched = false } = this.#options;
    return this.#said(await this.#inner.submit(argument, watched ? options : { deadlineMs, ...options }));
  }

  feed(source: Source): Promise<void> {
    if (this.#options.watched === true) return this.#inner.feed({ next: () => source.next(), settled: (outcome) => { source.settled(this.#said(outcome)); } });
    return new Promise((resolve, reject) => {
      const feed = new Feed(source, (argument) => this.submit(argument), (error) => {
        this.#feeds.delete(feed);
        if (error === null) resolve();
        else reject(error instanceof Error ? error : new Error(String(error)));
      });
      this.#feeds.add(feed);
      feed.pull(this.#room());
    });
  }

  resize(workers: number): void {
    this.#inner.resize(workers);
    this.#desired = workers;
    for (const feed of this.#feeds) feed.pull(this.#room());
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
      throw this.#options.sentences.notStarted(error);
    } finally {
      clearTimeout(timer);
    }
  }

  async cancelAll(options: { graceMs?: number } = {}): Promise<void> {
    if ((options.graceMs ?? 0) < ENDS_WITHIN_MS) this.#options.cancel();
    for (const feed of this.#feeds) feed.end();
    await this.#inner.cancelAll(options);
  }

  drain(): Promise<void> {
    return this.#inner.drain();
  }

  close(): Promise<void> {
    for (const feed of this.#feeds) feed.end();
    return this.#inner.close();
  }

  status(): ReturnType<InnerExecutor['status']> {
    return this.#inner.status();
  }

  on(listener: (event: ExecutorEvent) => void): () => void {
    return this.#inner.on(listener);
  }

  /** One task more than workers waits for each of them, so that none of them waits for this side. */
  #room(): number {
    return 2 * this.#desired;
  }

  #heard(event: ExecutorEvent): void {
    if (event.type === 'line' && this.#options.exhausted?.(event.text) === true) this.#exhausted.add(event.worker);
  }

  #said(outcome: TaskOutcome<TaskInput, number | ErrorInfo>): TaskOutcome<TaskInput, number> {
    if (outcome.state === 'done') {
      const { value, state: _, ...settled } = outcome;
      return typeof value === 'number' ? { ...settled, state: 'done', value } : { ...settled, state: 'failed', error: value };
    }
    if (outcome.state === 'cancelled') return outcome;
    return { ...outcome, error: this.#explained(outcome.error, outcome.worker) };
  }

  #explained(error: ErrorInfo, worker: number): ErrorInfo {
    const { sentences, deadlineMs } = this.#options;
    if (error.code === 'task-deadline') return sentences.neverReturned(deadlineMs);
    if (error.code === 'worker-died') return sentences.died(error, { name: this.name, outOfMemory: this.#exhausted.has(worker) });
    if (error.code === 'worker-start-failed') return sentences.notStarted(error);
    return error;
  }
}

/** Pulls from a source as there is room, until it has no more and all its tasks are settled. */
class Feed {
  readonly #source: Source;
  readonly #submit: Submit;
  readonly #finished: (error: unknown) => void;
  #unsettled = 0;
  #room = 0;
  #exhausted = false;
  #over = false;

  constructor(source: Source, submit: Submit, finished: (error: unknown) => void) {
    this.#source = source;
    this.#submit = submit;
    this.#finished = finished;
  }

  pull(room: number): void {
    this.#room = room;
    try {
      while (!this.#exhausted && this.#unsettled < this.#room) this.#next();
    } catch (error) {
      this.#finish(error);
    }
    this.#look();
  }

  end(): void {
    this.#exhausted = true;
    this.#look();
  }

  #next(): void {
    const argument = this.#source.next();
    if (argument === undefined) {
      this.#exhausted = true;
      return;
    }
    this.#unsettled += 1;
    this.#submit(argument).then(
      (outcome) => {
        this.#settled(outcome);
      },
      (error: unknown) => {
        this.#finish(error);
      },
    );
  }

  #settled(outcome: TaskOutcome<TaskInput, number>): void {
    this.#unsettled -= 1;
    try {
      this.#source.settled(outcome);
    } catch (error) {
      this.#finish(error);
      return;
    }
    this.pull(this.#room);
  }

  #look(): void {
    if (this.#exhausted && this.#unsettled === 0) this.#finish(null);
  }

  #finish(error: unknown): void {
    this.#exhausted = true;
    if (this.#over) return;
    this.#over = true;
    this.#finished(error);
  }
}
