import { duration } from '../../contract';
import { nowMs } from '../system/clock';
import { limitWords } from '../system/room';
import type { SamplerChild, StartChild } from './child';
import type { FromSampler, ToSampler } from './messages';

export interface SupervisorOptions {
  entry: string;
  startChild: StartChild;
  /** Waits before each restart, ms; when they are used up it gives up. */
  restartDelaysMs: readonly number[];
  /** Called with each new process, to tell it what it has to know. */
  onStart: (send: (message: ToSampler) => void) => void;
  onMessage: (message: FromSampler) => void;
  /** The process ended and is started again. */
  onRestart: (message: string) => void;
  /** It ended and is not started again before it is asked for. */
  onGiveUp: (message: string) => void;
}

/** Keeps one process of the sampler running. */
export interface Supervisor {
  /**
   * Starts the process where there is none and none is waited for; after it was given up, with all its tries. Answers whether
   * it did: `onStart` has told the process everything then, or `onGiveUp` was called.
   */
  run(): boolean;
  /** Sends to the process; where there is none now, the next one is told by `onStart`. */
  send(message: ToSampler): void;
  /** Ends the process at once and starts another, saying why. */
  replace(why: string): void;
  /** Ends the process for good. */
  end(): Promise<void>;
}

/** A process that lived this long was well: the delays start over. */
const WELL_AFTER_MS = 30_000;

/** Creates a supervisor; it starts nothing by itself. */
export function createSupervisor(options: SupervisorOptions): Supervisor {
  let child: SamplerChild | null = null;
  let timer: NodeJS.Timeout | undefined;
  let bornMs = 0;
  let restarts = 0;
  let over = false;
  let replaced: string | null = null;

  function launch(): void {
    timer = undefined;
    bornMs = nowMs();
    try {
      child = options.startChild(options.entry, {
        onMessage: options.onMessage,
        onEnd: ({ how, refused = false }) => {
          ended(replaced ?? how, refused);
        },
      });
    } catch (error) {
      ended(`could not be started, because ${limitWords(error)}`, true);
      return;
    }
    options.onStart(child.send);
  }

  function ended(how: string, refused = false): void {
    child = null;
    replaced = null;
    if (over) return;
    if (refused) {
      options.onGiveUp(`The sampler's process ${how}; raise that limit.`);
      return;
    }
    if (nowMs() - bornMs > WELL_AFTER_MS) restarts = 0;
    const delayMs = options.restartDelaysMs[restarts];
    if (delayMs === undefined) {
      const tries = restarts + 1;
      restarts = 0;
      options.onGiveUp(
        `The sampler's process ${how} and will not be restarted after ${String(tries)} attempts: there are no samples until the next run.`,
      );
      return;
    }
    restarts++;
    timer = setTimeout(launch, delayMs);
    options.onRestart(
      `The sampler's process ${how}; it will be restarted in ${duration(delayMs)}. Samples until then are missing.`,
    );
  }

  return {
    run() {
      if (over || child !== null || timer !== undefined) return false;
      launch();
      return true;
    },
    send(message) {
      child?.send(message);
    },
    replace(why) {
      replaced = why;
      child?.kill();
    },
    async end() {
      over = true;
      clearTimeout(timer);
      await child?.end();
    },
  };
}
