import type { LockProgress } from '../../../contract';
import type { LockCounters } from '../../lock-counters';
import { lockBetween } from '../../python/lock';

/** How far back the picture on screen looks, ms: about a hundred looks of the probe. */
const WINDOW_MS = 2000;

/** What the interpreter lock of one executor did lately, and over the run. */
export interface LockWindow {
  /** Takes in where the counters are now. */
  note(counters: LockCounters): void;
  /** The run begins, or ends, where the counters are. */
  begin(): void;
  end(): void;
  /** The last two seconds. */
  recent(): LockProgress | null;
  /** From the beginning to the end of the run. */
  whole(): LockProgress | null;
}

export function createLockWindow(): LockWindow {
  let first: LockCounters | null = null;
  let final: LockCounters | null = null;
  let notes: LockCounters[] = [];

  return {
    note(counters) {
      const last = notes.at(-1);
      if (last !== undefined && counters.atMs <= last.atMs) return;
      // One note from before the window stays, so that the window is never shorter than it says.
      const begin = notes.findLastIndex((note) => note.atMs <= counters.atMs - WINDOW_MS);
      notes = [...notes.slice(Math.max(0, begin)), counters];
    },
    begin() {
      first = notes.at(-1) ?? null;
    },
    end() {
      final ??= notes.at(-1) ?? null;
    },
    recent() {
      const [earliest] = notes;
      const last = notes.at(-1);
      return earliest === undefined || last === undefined ? null : lockBetween(earliest, last);
    },
    whole() {
      const last = final ?? notes.at(-1);
      return first === null || last === undefined ? null : lockBetween(first, last);
    },
  };
}
