/** A question to another process and its answer: the other's stamp was taken between the two moments on this clock. */
export interface ClockExchange {
  askedMs: number;
  stampMs: number;
  heardMs: number;
}

/** How far another process's clock is ahead of this one, as far as it is known; 0 and 0 where they may be one. */
export interface ClockSkew {
  aheadMs: number;
  /** It is that, give or take this. */
  uncertainMs: number;
}

/** On Linux both Node and Python read CLOCK_MONOTONIC: there is nothing to find out or to correct. */
export const ONE_CLOCK = process.platform === 'linux';
/** A busy machine delays most answers, but seldom all of them. */
export const CLOCK_EXCHANGES = 8;

/**
 * What every one of these exchanges allows the other clock to be ahead by (the intersection of their intervals: Marzullo
 * 1983, as NTP does, RFC 5905). An answer that is read late widens its own interval and no other. `leastMs` is above
 * `mostMs` where they contradict one another, as a clock that is set does.
 */
export function clockBounds(exchanges: readonly ClockExchange[]): { leastMs: number; mostMs: number } {
  return {
    leastMs: Math.max(...exchanges.map(({ stampMs, heardMs }) => stampMs - heardMs)),
    mostMs: Math.min(...exchanges.map(({ stampMs, askedMs }) => stampMs - askedMs)),
  };
}

/** How far the other clock is ahead: nothing where the exchanges allow that, else the middle of what they do. */
export function clockSkew(exchanges: readonly ClockExchange[]): ClockSkew {
  const { leastMs, mostMs } = clockBounds(exchanges);
  if (leastMs <= 0 && mostMs >= 0) return { aheadMs: 0, uncertainMs: 0 };
  return { aheadMs: (leastMs + mostMs) / 2, uncertainMs: Math.abs(mostMs - leastMs) / 2 };
}
