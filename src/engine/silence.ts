/** Looks for a process that is there and says nothing, such as one that was suspended. */
export interface SilenceWatch {
  /** It said something: from now on silence counts. */
  heard(): void;
  /** Nothing is expected for now: before it has spoken at all, or once it has ended. */
  rest(): void;
  stop(): void;
}

const LOOK_MS = 500;

/**
 * Calls `onSilent` once nothing was heard for about `limitMs`. Counts its own looks and not the time: where this process
 * was suspended itself, the other is not to blame.
 */
export function createSilenceWatch(limitMs: number, onSilent: () => void): SilenceWatch {
  const limit = Math.ceil(limitMs / LOOK_MS);
  let looks: number | null = null;
  const timer = setInterval(() => {
    if (looks === null || ++looks < limit) return;
    looks = null;
    onSilent();
  }, LOOK_MS);
  timer.unref();
  return {
    heard: () => void (looks = 0),
    rest: () => void (looks = null),
    stop: () => {
      clearInterval(timer);
    },
  };
}
