import { CoreloomError } from '../../../contract';

/** The wish that an experiment ends, which whatever is waited for gives way to. */
export interface StopSignal {
  readonly stopped: boolean;
  /** Resolves once it is wished for. */
  readonly asked: Promise<void>;
  /** Idempotent. */
  stop(): void;
  /** Throws `cancelled` once it is wished for. */
  check(): void;
  /** Waits for something unless the end is wished for; then throws `cancelled`. */
  unless<T>(work: Promise<T>): Promise<T>;
}

export function createStopSignal(): StopSignal {
  let tell: () => void = () => {};
  const asked = new Promise<void>((resolve) => {
    tell = resolve;
  });
  let stopped = false;
  const check = (): void => {
    if (stopped) throw new CoreloomError('cancelled', 'The experiment was stopped.');
  };
  return {
    get stopped() {
      return stopped;
    },
    asked,
    stop() {
      stopped = true;
      tell();
    },
    check,
    async unless(work) {
      // Where the end comes first nobody waits for its error.
      work.catch(() => {});
      const done = await Promise.race([work.then((value) => ({ value })), asked]);
      check();
      if (done === undefined) throw new CoreloomError('internal', 'A stop was reported that was not requested.');
      return done.value;
    },
  };
}
