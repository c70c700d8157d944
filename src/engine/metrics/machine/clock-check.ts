import type { CoreloomError, MachineInfo } from '../../../contract';
import { nowMs } from '../../system/clock';
import { clockBounds, type ClockExchange } from '../../system/clock-bounds';

/** Compares the parent's clock with its child's around round trips of a message. */
export interface ClockCheck {
  /** Asks, and answers once all stamps are there. */
  check(): Promise<MachineInfo['clock']>;
  /** The child's clock at its answer, ms. */
  answered(stampMs: number): void;
  /** Asks again where an answer is awaited: the child was replaced. */
  again(): void;
  failed(error: CoreloomError): void;
}

const ROUNDS = 3;

/** Says which clock the stamps come from. */
function clockSource(platform: NodeJS.Platform = process.platform): string {
  switch (platform) {
    case 'linux':
      return 'process.hrtime (CLOCK_MONOTONIC)';
    case 'darwin':
      return 'process.hrtime (mach_continuous_time)';
    case 'win32':
      return 'process.hrtime (QueryPerformanceCounter)';
    default:
      return 'process.hrtime';
  }
}

/** The clocks agree if the child's stamps, each taken between question and answer, allow them to be one. */
export function createClockCheck(ask: () => void, now: () => number = nowMs): ClockCheck {
  let waiting: { resolve: (clock: MachineInfo['clock']) => void; reject: (error: CoreloomError) => void } | null = null;
  let askedMs = 0;
  let rounds: ClockExchange[] = [];
  const send = (): void => {
    askedMs = now();
    ask();
  };
  return {
    check: () =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        rounds = [];
        send();
      }),
    answered(stampMs) {
      if (waiting === null) return;
      rounds.push({ askedMs, stampMs, heardMs: now() });
      const { leastMs, mostMs } = clockBounds(rounds);
      const agrees = leastMs <= 0 && mostMs >= 0;
      if (agrees && rounds.length < ROUNDS) {
        send();
        return;
      }
      waiting.resolve({ source: clockSource(), agrees });
      waiting = null;
    },
    again() {
      if (waiting !== null) send();
    },
    failed(error) {
      waiting?.reject(error);
      waiting = null;
    },
  };
}
