import type { PythonUsed } from '../../../contract';
import { nowMs } from '../../system/clock';
import { CLOCK_EXCHANGES, clockSkew, ONE_CLOCK, type ClockExchange } from '../../system/clock-bounds';
import type { Entries } from '../../entries';
import type { Answers, Ask } from './asks';
import { startNodeSide, startPythonSide, type Side } from './side';

/** Both sides of a lab, each started when it is first asked. */
export interface Sides {
  /** The one that stays from round to round: workers are warm. Where it has ended, another takes its place. */
  ask: Side['ask'];
  /** One of its own for a single ask, ended after it; answers also when it was started on its own clock, ms. */
  askFresh<K extends Ask['type']>(ask: Extract<Ask, { type: K }>): Promise<{ answer: Answers[K]; startedMs: number }>;
  /** Ends everything at once; whatever is asked is rejected. Idempotent. */
  end(): void;
}

export interface SidesOptions {
  entries: Pick<Entries, 'lab' | 'labPython'>;
  python: PythonUsed | null;
  /** Whether Python's clock is known to be Node's; default: on Linux. */
  oneClock?: boolean;
}

export function createSides({ entries, python, oneClock = ONE_CLOCK }: SidesOptions): Sides {
  const all = new Set<Side>();
  const kept = new Map<boolean, Side>();
  let over = false;
  const start = (forPython: boolean): Side => {
    const side = forPython && python !== null ? startPythonSide(entries, python) : startNodeSide(entries);
    all.add(side);
    if (over) side.end();
    return side;
  };
  const isPython = (ask: Ask): boolean => (ask.type === 'ipc' ? ask.way : ask.executor).startsWith('python');
  return {
    ask(ask) {
      const forPython = isPython(ask);
      const before = kept.get(forPython);
      // One that ended takes the case with it that it was measuring, and no other.
      const side = before === undefined || before.ended ? start(forPython) : before;
      kept.set(forPython, side);
      return side.ask(ask);
    },
    async askFresh(ask) {
      const side = start(isPython(ask));
      try {
        const answer = await side.ask(ask);
        const aheadMs = isPython(ask) && !oneClock ? await aheadOf(side) : 0;
        return { answer, startedMs: side.startedMs + aheadMs };
      } finally {
        side.end();
        all.delete(side);
      }
    },
    end() {
      over = true;
      for (const side of all) side.end();
    },
  };
}

/** How far the clock of Python's side is ahead of this one. */
async function aheadOf(side: Side): Promise<number> {
  const exchanges: ClockExchange[] = [];
  while (exchanges.length < CLOCK_EXCHANGES) {
    const askedMs = nowMs();
    const { stampMs } = await side.ask<'clock'>({ type: 'clock', executor: 'python-threads' });
    exchanges.push({ askedMs, stampMs, heardMs: nowMs() });
  }
  return clockSkew(exchanges).aheadMs;
}
