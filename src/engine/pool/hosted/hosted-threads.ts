import type { PoolWorker, StartWorker, WorkerEvents } from '../../worker';
import { SuspensionWatch } from '../suspended';
import { Host, type HostOptions } from './host';
import { HostedWorker } from './hosted-worker';

/** A host without threads stays this long, for the next ones. */
const IDLE_MS = 1000;

/** Starts threads in one process of their own, which comes with the first of them. */
export class HostedThreads {
  readonly start: StartWorker = (worker, events) => this.#start(worker, events);
  readonly #options: Omit<HostOptions, 'watch'>;
  readonly #watch = new SuspensionWatch();
  readonly #hosts = new Set<Host>();
  #current: Host | null = null;
  #idle: NodeJS.Timeout | null = null;

  constructor(options: Omit<HostOptions, 'watch'>) {
    this.#options = options;
  }

  /** Gives threads that start from now on another host: what earlier ones left in this one is not theirs. */
  fresh(): void {
    this.#current = null;
  }

  /** Ends the hosts, after the last of their threads; resolves when they are gone. Idempotent. */
  async dispose(): Promise<void> {
    if (this.#idle !== null) clearTimeout(this.#idle);
    await Promise.all([...this.#hosts].map((host) => host.stop()));
    await this.#options.guard.close();
  }

  #start(worker: number, events: WorkerEvents): PoolWorker {
    if (this.#idle !== null) clearTimeout(this.#idle);
    const host = this.#host();
    return new HostedWorker(worker, host, events, () => {
      if (host.empty) this.#emptied(host);
    });
  }

  /** The host that takes further threads: one that is being ended does not, nor one whose threads share something else. */
  #host(): Host {
    if (this.#current?.usable === true && this.#current.shared === this.#options.shared()) return this.#current;
    if (this.#current?.empty === true) this.#end(this.#current);
    const host = new Host({ ...this.#options, watch: this.#watch });
    this.#hosts.add(host);
    this.#current = host;
    return host;
  }

  #emptied(host: Host): void {
    if (host !== this.#current || !host.usable) {
      this.#end(host);
      return;
    }
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      if (host.empty) this.#end(host);
    }, IDLE_MS).unref();
  }

  #end(host: Host): void {
    void host.stop().then(() => this.#hosts.delete(host));
  }
}
