import { setTimeout as pause } from 'node:timers/promises';
import { plain, plural, MAX_TEXT, type EngineEvent, type TaskLine, type Thinned } from '../../../contract';
import type { NodeExecutor } from '../shared/staffing';
import { Printed, RUN_ALLOWANCE } from '../../system/printed';

/** Printed lines that are kept, on screen and in the report, and their characters. */
const MAX_LINES = 1_000;
const MAX_CHARACTERS = 1024 * 1024;
/** How often is looked whether lines still come after a run, ms. */
const LOOK_MS = 100;
const MOST_LOOKS = 20;

/** Keeps the last lines that tasks printed, and hands on every line up to the allowance of a run. */
export interface LineKeeper {
  /** `lost` is how many lines it stands for that are left out. */
  add(line: TaskLine, lost?: number): void;
  /** The lines since the last take. */
  take(): TaskLine[];
  kept(): TaskLine[];
  thinned(): Thinned;
  /** Resolves once no further line comes: what tasks printed may come behind their results. */
  quiet(): Promise<void>;
  /** No further line comes. */
  end(): void;
  /** What is to be said of lines that were left out; null where none were. */
  warning(): string | null;
}

export function createLineKeeper(max = MAX_LINES, allowance = RUN_ALLOWANCE): LineKeeper {
  let kept: TaskLine[] = [];
  let fresh: TaskLine[] = [];
  let seen = 0;
  let lostLines = 0;
  let last: TaskLine | null = null;
  const keep = (line: TaskLine): void => {
    kept.push(line);
    fresh.push(line);
    if (kept.length > 2 * max) kept = lastOf(kept, max);
  };
  // What is left out here may be of several workers: it is said by none in particular.
  const printed = new Printed(allowance, (text, lost = 0) => {
    if (last === null) return;
    lostLines += lost;
    seen += lost > 0 ? lost : 1;
    keep(lost === 0 ? last : { ...last, text, lost, worker: text === last.text ? last.worker : 0 });
  });
  return {
    add(line, lost) {
      last = { ...line, text: plain(line.text, MAX_TEXT) };
      printed.add(last.text, lost);
    },
    take() {
      const taken = fresh;
      fresh = [];
      return taken;
    },
    kept: () => lastOf(kept, max),
    async quiet() {
      // Twice, as what is left out is told a moment after it stopped; at most so often, as a task may leave something that prints.
      for (let looks = 0, before = -1, same = 0; seen > 0 && same < 2 && looks < MOST_LOOKS; looks += 1) {
        same = seen === before ? same + 1 : 0;
        before = seen;
        await pause(LOOK_MS);
      }
    },
    end: printed.tell,
    thinned() {
      const shown = lastOf(kept, max).length;
      return { seen, kept: shown, method: shown === seen ? 'all kept' : `the last ${String(shown)}` };
    },
    warning() {
      if (lostLines === 0) return null;
      return `${plural(lostLines, 'printed line')} ${lostLines === 1 ? 'was' : 'were'} dropped because tasks print too fast; a line in their place says so. Print less, or write to a file.`;
    },
  };
}

/**
 * Hands on what executors print once their run is over, as workers do in `teardown`: it is shown, and in no report. Answers
 * the function that ends it.
 */
export function printAfterRun(executors: readonly NodeExecutor[], emit: (event: EngineEvent) => void): () => void {
  const keeper = createLineKeeper();
  const tell = (): void => {
    const lines = keeper.take();
    if (lines.length > 0) emit({ type: 'lines', lines });
  };
  const unsubscribe = executors.map((executor) =>
    executor.on((event) => {
      if (event.type !== 'line') return;
      keeper.add({ executor: executor.name, worker: event.worker, atMs: event.atMs, text: event.text }, event.lost);
      setImmediate(tell);
    }),
  );
  return () => {
    for (const off of unsubscribe) off();
    keeper.end();
    tell();
  };
}

/** The last of some lines, as many as there is room for. */
function lastOf(lines: readonly TaskLine[], max: number): TaskLine[] {
  let room = MAX_CHARACTERS;
  let from = lines.length;
  while (from > 0 && lines.length - from < max) {
    room -= lines[from - 1]?.text.length ?? 0;
    if (room < 0) break;
    from--;
  }
  return lines.slice(from);
}
