import { readFileSync } from 'node:fs';
import { parseSchedstat, type SchedulerTimes } from '../system/proc-stat';

/** Two looks at a thread must be this far apart to tell what it does, ms: a turn with the lock is 5 ms. */
const APART_MS = 60;
/** Who waits for the lock asks for it every 5 ms, and is given a core for that; on a busy machine not every time. */
const ASKS_EVERY_MS = 20;
/** Less of a core than this was no turn with the lock: asking takes some 20 µs. */
const TURN_SHARE = 0.03;

/** The host asks for the lock some 50 times a second and tells of it 5 times: where it has not for so long, ms, somebody keeps it. */
const KEPT_MS = 600;

/** A worker with a task that runs. */
export interface Runner {
  readonly tid: number;
  /** How long the task has run, and what it has used of a core until its thread was looked at last, ms. */
  runningMs: number;
  cpuMs: (now: SchedulerTimes) => number;
}

/** What keeps a task from its end: its own doing, others that keep the lock from it, what nobody can tell, or what takes a second look to see. */
export type Blame = 'own' | 'others' | 'unclear' | 'unseen';

type Doing = 'runs' | 'waits' | 'sleeps';
interface Look {
  atMs: number;
  times: SchedulerTimes;
  doing: Doing | null;
}

/** Tells by the kernel's counts (Linux) who of the threads that share a lock has it, and who only asks for it. */
export class LockTurns {
  readonly #pid: number;
  readonly #read: (pid: number, tid: number) => string;
  readonly #looks = new Map<number, Look>();
  #heardMs: number;

  constructor(pid: number, nowMs: number, read = readThread) {
    this.#pid = pid;
    this.#heardMs = nowMs;
    this.#read = read;
  }

  /** The host has had the lock. */
  heard(nowMs: number): void {
    this.#heardMs = nowMs;
  }

  /**
   * Who is to blame that `asked` does not end, or begins nothing (null), of `all` that share the lock; nobody waits for others for longer than
   * `longestMs`.
   */
  blame(
    asked: Runner | null,
    all: readonly (Runner | null)[],
    { nowMs, longestMs }: { nowMs: number; longestMs: number },
  ): Blame {
    const runners = all.filter((runner) => runner !== null);
    // One that has begun nothing cannot even read its tasks without the lock.
    if (asked === null) return runners.length > 0 && this.#kept(nowMs) ? 'others' : 'own';
    const one = runners.find(({ tid }) => tid === asked?.tid);
    if (one === undefined || runners.length < 2) return 'own';
    const looks = runners.map(({ tid }) => this.#look(tid, nowMs));
    const own = looks[runners.indexOf(one)] ?? null;
    if (own === null || looks.includes(null)) return 'unclear';
    if (looks.some((look) => look?.doing === null)) return 'unseen';
    const blame = this.#judge(
      one,
      own,
      looks.map((look) => look?.doing ?? null),
      nowMs,
    );
    return blame === 'others' && one.runningMs > longestMs ? 'unclear' : blame;
  }

  /**
   * Who had its part of the time on a core, or sleeps without asking for the lock, is to blame; who asks in vain while
   * another does neither is not.
   */
  #judge(one: Runner, { doing, times }: Look, all: readonly (Doing | null)[], nowMs: number): Blame {
    const count = (what: Doing): number => all.filter((each) => each === what).length;
    if (doing === 'runs') return one.cpuMs(times) >= one.runningMs / all.length / 2 ? 'own' : 'unclear';
    if (doing === 'waits') return count('waits') < all.length ? 'others' : 'unclear';
    // One that sleeps with the lock looks like one that waits for it, where the module made its turns long (sys.setswitchinterval).
    if (!this.#kept(nowMs)) return 'own';
    if (count('runs') > 0) return 'others';
    return count('sleeps') === 1 ? 'own' : 'unclear';
  }

  /** Whether somebody has had the lock for so long that it goes round no more. */
  #kept(nowMs: number): boolean {
    return nowMs - this.#heardMs >= KEPT_MS;
  }

  #look(tid: number, atMs: number): Look | null {
    const times = parseSchedstat(this.#read(this.#pid, tid));
    if (times === null) return null;
    const before = this.#looks.get(tid);
    // What was seen long ago says nothing of now.
    const elapsedMs = before === undefined ? Number.POSITIVE_INFINITY : atMs - before.atMs;
    if (before !== undefined && elapsedMs < APART_MS) return before;
    const doing =
      before === undefined || elapsedMs > 10 * APART_MS ? null : doingBetween(before.times, times, elapsedMs);
    const look = { atMs, times, doing };
    this.#looks.set(tid, look);
    return look;
  }
}

function doingBetween(before: SchedulerTimes, now: SchedulerTimes, elapsedMs: number): Doing {
  if (now.cpuMs - before.cpuMs >= TURN_SHARE * elapsedMs) return 'runs';
  // On a machine without a free core it is ready more often than it is given one.
  const queued = now.runQueueMs - before.runQueueMs >= elapsedMs / 2;
  return queued || now.slices - before.slices >= elapsedMs / ASKS_EVERY_MS ? 'waits' : 'sleeps';
}

function readThread(pid: number, tid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/task/${String(tid)}/schedstat`, 'latin1');
  } catch {
    // Another system, or a thread that has ended.
    return '';
  }
}
