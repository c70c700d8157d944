/** What asks a command to end before its time. */
export interface Interrupt {
  readonly requested: boolean;
  /** The first signal that asked for it; null before, and where something within did. */
  readonly signal: NodeJS.Signals | null;
  /** Resolves at the first request. */
  readonly wanted: Promise<void>;
  request(): void;
}

export interface InterruptOptions {
  /** Where signals come from: the process. */
  signals: { on(signal: NodeJS.Signals, listener: () => void): unknown };
  /** Called for a second signal: end at once. */
  endNow(): void;
  nowMs(): number;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** One Ctrl-C under npm arrives twice: from the terminal, and forwarded by npm. */
const SAME_SIGNAL_MS = 500;

/** The first signal asks for a clean end, in which the report is written; a second one, later, ends at once. */
export function createInterrupt({ signals, endNow, nowMs }: InterruptOptions): Interrupt {
  let firstMs: number | null = null;
  let first: NodeJS.Signals | null = null;
  let resolveWanted = (): void => {};
  const wanted = new Promise<void>((resolve) => {
    resolveWanted = resolve;
  });
  const request = (): void => {
    firstMs ??= nowMs();
    resolveWanted();
  };
  for (const signal of SIGNALS) {
    signals.on(signal, () => {
      if (firstMs !== null && nowMs() - firstMs > SAME_SIGNAL_MS) endNow();
      else {
        if (firstMs === null) first = signal;
        request();
      }
    });
  }
  return {
    get requested() {
      return firstMs !== null;
    },
    get signal() {
      return first;
    },
    wanted,
    request,
  };
}
