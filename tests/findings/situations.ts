import type { Seen } from '../../src/engine/kinds/live/picture';
import { BUSY } from './busy';
import { COMPUTING } from './computing';
import { LIMITED } from './limited';
import { seenOf, type Base, type Tag } from './told';
import { WAITING } from './waiting';

/** Groups of tags, to forbid all of a kind at once. */
const ADVICE: readonly Tag[] = ['advice:more-can-wait', 'advice:cores-left', 'advice:only-queue'];
const CAUSES: readonly Tag[] = [
  'cause:hand-over',
  'cause:between-engine',
  'cause:lock',
  'cause:quota',
  'cause:own-workers',
  'cause:engine',
  'cause:start-up',
  'cause:besides',
  'cause:helper-threads',
];
const DOES: readonly Tag[] = ['computes', 'waits', 'both', 'off-thread', 'busy'];

export interface Situation {
  name: string;
  seen: Seen;
  over: boolean;
  must: readonly Tag[];
  mustNot: readonly Tag[];
}
/** Situations, each with what is to be said of it. No claim about a cause or an advice but those in `must`. */
const BASES: readonly Base[] = [...COMPUTING, ...BUSY, ...WAITING, ...LIMITED];

/** Something that changes a situation, and what may be said of it then. */
interface Variation {
  name: string;
  over?: boolean;
  /** Not tried on those of which nothing is known anyway. */
  change(seen: Seen): Seen;
  expected(base: Base): { must: readonly Tag[]; mustNot: readonly Tag[] };
}

const nothingBut = (...tags: Tag[]): { must: readonly Tag[]; mustNot: readonly Tag[] } => ({
  must: tags,
  mustNot: without([...DOES, ...CAUSES, ...ADVICE], tags),
});
const without = (tags: readonly Tag[], others: readonly Tag[]): Tag[] => tags.filter((tag) => !others.includes(tag));
/** What stands in the table, and no other cause, advice or kind of work. */
const asTold = ({
  must,
  mustNot = [],
}: Pick<Base, 'must' | 'mustNot'>): { must: readonly Tag[]; mustNot: readonly Tag[] } => ({
  must,
  mustNot: [...mustNot, ...without([...DOES, ...CAUSES, ...ADVICE, 'not-known:too-busy', 'failed'], must)],
});

const VARIATIONS: readonly Variation[] = [
  { name: 'as it is', change: (seen) => seen, expected: asTold },
  { name: 'over 10 s, at its end', over: true, change: (seen) => longer(seen, 10_000), expected: asTold },
  {
    name: 'with one failed task',
    change: (seen) => ({ ...seen, tasks: Math.max(2, seen.tasks), failed: 1 }),
    expected: (base) => asTold({ ...base, must: [...base.must, 'failed'] }),
  },
  {
    name: 'where nearly all tasks fail',
    change: (seen) => ({ ...seen, tasks: 2, failed: 98 }),
    // Nothing is advised by tasks that fail; what they did is told, and not of what kind the work is.
    expected: ({ must }) => ({
      must: [
        ...without(must, [...ADVICE, ...DOES, 'not-known:too-busy', 'not-known:rest', 'lock-released']),
        ...(must.some((tag) => DOES.includes(tag)) ? ['meanwhile' as const] : []),
        'failed',
      ],
      mustNot: [...ADVICE, ...DOES, 'not-known:too-busy', 'lock-released'],
    }),
  },
  {
    name: 'where all tasks failed',
    over: true,
    change: (seen) => ({ ...seen, tasks: 0, failed: 7 }),
    expected: () => nothingBut('not-known:all-failed'),
  },
  {
    name: 'before a task has finished',
    change: (seen) => ({ ...seen, tasks: 0, failed: 0 }),
    expected: (base) => nothingBut(base.workers === 0 ? 'not-known:no-worker' : 'not-known:nothing-done'),
  },
  {
    name: 'in a run of 0.2 s',
    over: true,
    change: (seen) => longer(seen, 200),
    expected: (base) => nothingBut(base.workers === 0 ? 'not-known:no-worker' : 'not-known:too-short'),
  },
  {
    name: 'where samples stopped coming',
    over: true,
    change: (seen) => ({ ...longer(seen, 200), incomplete: true }),
    expected: (base) => nothingBut(base.workers === 0 ? 'not-known:no-worker' : 'not-known:samples-stopped'),
  },
  {
    name: 'where no sample came',
    over: true,
    change: (seen) => ({ ...seen, elapsedMs: 0, workersMs: 0, cpuMs: null, incomplete: true }),
    expected: (base) => nothingBut(base.workers === 0 ? 'not-known:no-worker' : 'not-known:no-sample'),
  },
  {
    name: 'where the system tells no CPU time',
    change: (seen) => ({ ...seen, cpuMs: null, runQueueMs: null, offThreadCpuMs: null, engineCpuMs: null }),
    expected: (base) => nothingBut(base.workers === 0 ? 'not-known:no-worker' : 'not-known:not-available'),
  },
  {
    name: 'where nobody tells what else used the cores',
    change: (seen) => ({ ...seen, machineCpuMs: null }),
    expected: ({ must }) => ({
      must: without(must, [
        'besides',
        'not-known:who-had-the-cores',
        'cause:besides',
        'cause:start-up',
        'cause:engine',
        'advice:cores-left',
        'advice:more-can-wait',
        'not-known:too-busy',
        ...DOES,
      ]),
      mustNot: [
        'besides',
        'cause:besides',
        'cause:start-up',
        'advice:cores-left',
        'advice:more-can-wait',
        'not-known:too-busy',
      ],
    }),
  },
  {
    name: 'where nobody tells who waits for a core',
    change: (seen) => ({ ...seen, runQueueMs: null }),
    expected: ({ kind, besides = 0 }) => ({
      // On a machine that others fill it may be that they were kept from the cores: they are not said to wait.
      must: [],
      mustNot: [
        'waited-for-core',
        'cause:own-workers',
        'cause:besides',
        'cause:engine',
        ...ADVICE,
        ...(kind !== undefined && besides >= 1.45 ? ['waits' as const, 'both' as const] : []),
      ],
    }),
  },
];

/** The same for a longer or shorter time. */
function longer(seen: Seen, elapsedMs: number): Seen {
  const by = elapsedMs / seen.elapsedMs;
  const times = (ms: number | null | undefined): number | null => (ms === null || ms === undefined ? null : ms * by);
  return {
    ...seen,
    elapsedMs,
    workersMs: seen.workersMs * by,
    tasksMs: times(seen.tasksMs),
    cpuMs: times(seen.cpuMs),
    runQueueMs: times(seen.runQueueMs),
    offThreadCpuMs: times(seen.offThreadCpuMs),
    engineCpuMs: times(seen.engineCpuMs),
    machineCpuMs: times(seen.machineCpuMs),
    lock: seen.lock === null ? null : { ...seen.lock, workersMs: seen.lock.workersMs * by },
  };
}

/** Every situation in every variation. */
export const SITUATIONS: readonly Situation[] = BASES.flatMap((base) =>
  VARIATIONS.map(({ name, over = false, change, expected }) => ({
    name: `${base.name}; ${name}`,
    seen: change(seenOf(base)),
    over,
    ...expected(base),
  })),
);
