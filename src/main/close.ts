import { duration, type Reply } from '../contract';
import type { Engine } from '../engine';

export interface CloseOptions {
  engine: Pick<Engine, 'busy' | 'call' | 'close'>;
  /** Asks whether the run shall be ended; true to end it. */
  confirmEnd(): Promise<boolean>;
  /** Why the last report is in memory alone; null where nothing would be lost. */
  unsaved(): string | null;
  /** Says that a report would be lost; true to close all the same. */
  confirmLoss(sentence: string): Promise<boolean>;
  /** What the app releases beside the engine. */
  release(): Promise<void>;
  /** Quits for good, once nothing of ours runs any more. */
  quit(): void;
  warn(message: string): void;
}

type Phase = 'open' | 'asking' | 'ending' | 'ended';

/** Ending is bounded: a window that cannot be closed is worse than a worker that the guard has to end. */
const END_DEADLINE_MS = 10_000;

export interface Closing {
  /** For `close` of the window and `before-quit`: holds the event back until everything has ended. */
  request(event: { preventDefault(): void }): void;
  /** Ends without a question (signals, the end of the session); resolves when nothing is left. */
  now(): Promise<void>;
}

/**
 * The one way out. Closing the window, quitting and signals all come here: a run that is on is asked about once, ended
 * cleanly and its report kept; then the engine is closed; only then does the app quit.
 */
export function createClosing(options: CloseOptions): Closing {
  let phase: Phase = 'open';
  let ending: Promise<void> | null = null;

  const end = (): Promise<void> => {
    if (ending !== null) return ending;
    phase = 'ending';
    ending = endWithin(options).then(() => {
      phase = 'ended';
      options.quit();
    });
    return ending;
  };

  const ask = async (): Promise<void> => {
    phase = 'asking';
    const leave = await mayLeave(options).catch((error: unknown) => {
      options.warn(`The question before closing failed: ${String(error)}`);
      return true;
    });
    if (ending !== null) return;
    if (leave) await end();
    else phase = 'open';
  };

  return {
    request(event) {
      if (phase === 'ended') return;
      event.preventDefault();
      if (phase === 'open') void ask();
    },
    now: end,
  };
}

async function mayLeave(options: CloseOptions): Promise<boolean> {
  if (options.engine.busy()) {
    if (!(await options.confirmEnd())) return false;
    const reply: Reply<unknown> = await options.engine.call('stopExperiment', null);
    // The run may have ended by itself while the question stood.
    if (!reply.ok && reply.error.code !== 'no-run') return options.confirmLoss(reply.error.message);
  }
  const unsaved = options.unsaved();
  return unsaved === null || options.confirmLoss(unsaved);
}

async function endWithin(options: CloseOptions): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => {
      resolve('late');
    }, END_DEADLINE_MS);
  });
  try {
    const settled = await Promise.race([Promise.all([options.engine.close(), options.release()]), late]);
    if (settled === 'late') options.warn(`Some processes had not ended after ${duration(END_DEADLINE_MS)}.`);
  } catch (error) {
    options.warn(`Ending failed: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    clearTimeout(timer);
  }
}
