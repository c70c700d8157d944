import { errorInfo, type ErrorInfo, type Report } from '../contract';
import { nowMs as realNowMs } from './system/clock';
import type { ReportStore } from './store';

/** Keeping takes no more than this share of the time, as long as one time takes no more of `MOST_MS`. */
const SHARE = 0.01;
/** From the end of one time to the next at the least, and at most, ms. */
const LEAST_MS = 1_000;
const MOST_MS = 10_000;
/** The first times take longer than those that follow, as code that never ran: a pause is at most so much longer than the last. */
const GROWTH = 2;
/** A measurement waits so long at most for a disk that does not answer, ms. */
const PATIENCE_MS = 1_000;

/** Keeps what an experiment has measured on disk while it is on, so that a killed process loses the last seconds alone. */
export interface Journal {
  /** Keeps what there is if that is due; resolves when it is on disk. Never rejects. */
  keep(soFar: () => Report | null): Promise<void>;
  /** Does so time and again, for what is measured without a pause. */
  follow(soFar: () => Report | null): void;
  /** Keeps nothing from now on; resolves when nothing is written any more. Idempotent. */
  close(): Promise<void>;
}

export interface JournalOptions {
  store: Pick<ReportStore, 'draft'>;
  /** Told once, when it gives up. */
  warn(warning: ErrorInfo): void;
  nowMs?: () => number;
}

/** Opens the journal of one experiment. It gives up where it cannot write: what is measured goes before. */
export function createJournal({ store, warn, nowMs = realNowMs }: JournalOptions): Journal {
  let dueMs = nowMs();
  let pauseMs = LEAST_MS / GROWTH;
  let writing: Promise<void> | null = null;
  let over = false;
  let timer: NodeJS.Timeout | undefined;

  const write = async (soFar: () => Report | null): Promise<void> => {
    const sinceMs = nowMs();
    try {
      const report = soFar();
      if (report !== null) await store.draft(report);
    } catch (error) {
      over = true;
      const { code, message } = errorInfo(error);
      warn({
        code,
        message: `${message} The measurement continues, but its results are lost if Coreloom is killed before it ends.`,
      });
    }
    const endMs = nowMs();
    pauseMs = Math.min(MOST_MS, pauseMs * GROWTH, Math.max(LEAST_MS, (endMs - sinceMs) / SHARE));
    dueMs = endMs + pauseMs;
  };

  const keep = async (soFar: () => Report | null): Promise<void> => {
    if (over || writing !== null || nowMs() < dueMs) return;
    writing = write(soFar).then(() => {
      writing = null;
    });
    await within(writing, PATIENCE_MS);
  };

  return {
    keep,
    follow(soFar) {
      timer = setInterval(() => void keep(soFar), LEAST_MS / 4);
    },
    async close() {
      over = true;
      clearInterval(timer);
      await within(writing, PATIENCE_MS);
    },
  };
}

/** Waits for work, but no longer than that. */
async function within(work: Promise<void> | null, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}
