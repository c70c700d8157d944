import { describe, expect, it } from 'vitest';
import { timeShares } from '../../src/contract';
import { claimsOf, type Claim } from '../../src/engine/kinds/live/claims';
import { liveFinding } from '../../src/engine/kinds/live/finding';
import { lawsBroken } from './laws';
import { SITUATIONS, type Situation } from './situations';
import { tagsOf } from './tags';

const tags = ({ seen }: Situation) => claimsOf(seen).flatMap(tagsOf);

/** Every number that a claim holds, wherever in it. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

describe('what is said of a live run', () => {
  it('is held to at least 200 situations, each told apart', () => {
    expect(SITUATIONS.length).toBeGreaterThanOrEqual(200);
    expect(new Set(SITUATIONS.map(({ name }) => name)).size).toBe(SITUATIONS.length);
  });

  it.each(SITUATIONS.map((situation) => [situation.name, situation] as const))('%s', (_, situation) => {
    const said = tags(situation);
    const text = liveFinding(situation.seen, situation);
    expect(
      situation.must.filter((tag) => !said.includes(tag)),
      `not claimed in: ${text}`,
    ).toEqual([]);
    expect(
      situation.mustNot.filter((tag) => said.includes(tag)),
      `claimed in: ${text}`,
    ).toEqual([]);
    expect(text.includes('too busy to judge'), text).toBe(said.includes('not-known:too-busy'));
    expect(
      lawsBroken(text, {
        workers: Math.max(situation.seen.workers, situation.seen.range?.most ?? 0),
        cores: [situation.seen.cores],
        over: situation.over,
      }),
      text,
    ).toEqual([]);
  });

  it('is made from situations that can be: no worker computes and waits for more than its time, and no quota is exceeded', () => {
    const known = SITUATIONS.filter(
      ({ name, seen }) => !name.startsWith('more ') && seen.cpuMs !== null && seen.workersMs > 0,
    );
    for (const { name, seen } of known) {
      const { lock, workersMs, runQueueMs, cpuMs, elapsedMs, limits } = seen;
      expect(((cpuMs ?? 0) + (runQueueMs ?? 0)) / workersMs, name).toBeLessThanOrEqual(1);
      expect((cpuMs ?? 0) + (seen.offThreadCpuMs ?? 0), name).toBeLessThanOrEqual(
        1.05 * limits.effectiveCpus * elapsedMs,
      );
      if (lock !== null)
        expect((lock.coresBusy ?? 0) + (lock.waitingShare ?? 0) * lock.workers, name).toBeLessThanOrEqual(lock.workers);
      if (lock?.workers === seen.workers)
        expect(((cpuMs ?? 0) + (runQueueMs ?? 0)) / workersMs + (lock.waitingShare ?? 0), name).toBeLessThanOrEqual(1);
    }
  });

  it('has shares of all of the workers’ time, which add up', () => {
    for (const { seen, name } of SITUATIONS) {
      const shares = timeShares({
        ...seen,
        lockMs: seen.lock === null ? null : (seen.lock.waitingShare ?? 0) * seen.lock.workersMs,
      });
      expect(shares === null, name).toBe(seen.cpuMs === null || seen.workersMs === 0);
      const parts = Object.values(shares ?? { computing: 1 }).filter((share) => share !== null);
      expect(
        parts.reduce((sum: number, share: number) => sum + share, 0),
        name,
      ).toBeCloseTo(1, 9);
      for (const share of parts) expect(share, name).toBeGreaterThanOrEqual(0);
    }
  });

  it('advises no more workers than there are cores that were idle, and that a quota allows', () => {
    for (const { seen, name } of SITUATIONS) {
      for (const claim of claimsOf(seen)) {
        if (claim.kind !== 'advice' || claim.advice !== 'cores-left') continue;
        expect(seen.workers + claim.more, name).toBeLessThanOrEqual(seen.limits.effectiveCpus);
        expect(claim.more, name).toBeLessThan(claim.idleCores + 0.5);
      }
    }
  });

  it('names a cause only where the cores were used: what was idle explains no waiting', () => {
    for (const { seen, name } of SITUATIONS.filter((one) => one.seen.machineCpuMs !== null)) {
      const used = (seen.machineCpuMs ?? 0) / seen.elapsedMs;
      const causes = claimsOf(seen)
        .flatMap(tagsOf)
        .filter(
          (tag) =>
            tag.startsWith('cause:') &&
            !['cause:quota', 'cause:lock', 'cause:hand-over', 'cause:between-engine'].includes(tag),
        );
      if (used < 0.8 * seen.cores) expect(causes, name).toEqual([]);
    }
  });

  it.each([
    [
      '1 worker computes on 64 cores; as',
      '63.0 of 64 cores were idle: 63 more workers would have a core of their own.',
    ],
    ['63 workers compute on 64 cores; as', 'were idle: 1 more worker would have a core of its own.'],
    ['4 workers compute on 2 cores; as', 'there are 4 workers for 2 cores, and 2 are enough to use them fully.'],
    [
      '4 workers compute on 2 cores, and queue to take tasks too; as',
      '4 workers keep 1.86 of 2 cores busy. They waited for a core for 53 % of their time: there are 4 workers',
    ],
    [
      '200 workers sleep; as',
      'Each worker used 0.002 cores, so the cores do not limit how many workers can wait at the same time; what they wait for might.',
    ],
    [
      '2 workers wait much for a core, and nobody saw why; as',
      'They waited for a core for 59 % of their time, although 1.14 of 2 cores were idle; the reason is unknown.',
    ],
    [
      '2 workers are added to 2; as',
      'something other than these workers used 0.75 of 2 cores, while 2 more workers were starting.',
    ],
    [
      'a quota that is never met; as',
      '1 worker uses 0.98 of the 2 CPUs that the quota allows. 1.02 CPUs of the quota were not used: 1 more worker',
    ],
    [
      'tasks of 50 µs on 2 cores; as',
      'busy, hand-over included. They were without a task for 60 % of their time: a task takes 50 µs and its hand-over 60 µs; they waited for a core for 20 % of their time, with and without a task: ',
    ],
    [
      'empty tasks of a file of somebody; as',
      'most of it to receive tasks and return results. They were without a task for 98 % of their time: a task takes 2 µs and its hand-over 60 µs, and Coreloom’s own engine, which hands out the tasks, used 0.95 cores.',
    ],
    [
      'what is used beside the thread cannot be told, and something was; as',
      'something other than these workers’ own threads used 1.90 of 2 cores.',
    ],
    [
      '2 Python threads release the lock; as',
      '2 workers keep 1.94 of 2 cores busy. That is more than one core, so “SHA-256” releases Python’s interpreter lock.',
    ],
    [
      '2 Python threads that release the lock beside 2 processes; as',
      'Python’s 2 threads kept 1.90 cores busy, so “SHA-256” releases the interpreter lock.',
    ],
    ['the lock, seen as at most; as', 'They waited for Python’s interpreter lock for at most 45 % of their time.'],
    [
      'a file of somebody that is kept from the cores; where nobody tells who',
      'task.mjs: 2 workers keep 0.20 of 2 cores busy. Something else used 1.75 of 2 cores, and how long they waited for a core is not known.',
    ],
    ['8 workers compute on 2 cores; where nobody tells who', 'SHA-256 computes: 8 workers keep 1.92 of 2 cores busy.'],
    [
      '1 of 2 workers died halfway, asleep; as',
      'Sleep waits rather than computes: 1 to 2 workers (1.50 on average) keep 0.006 of 2 cores busy.',
    ],
    ['no worker is left; before', 'No worker is running, and no task has finished.'],
    ['no worker is left; where all', 'All 7 tasks that ended failed; no worker was left at the end.'],
  ])('says of “%s …”: %s', (name, words) => {
    const said = SITUATIONS.filter((one) => one.name.startsWith(name)).map((one) => liveFinding(one.seen, one));
    expect(said).toEqual([expect.stringContaining(words)]);
  });

  it('counts workers by their mean where their number changed, and not by those of now', () => {
    const said = SITUATIONS.filter(({ name }) => name.startsWith('2 workers, then 8, on 2 cores; as')).map(({ seen }) =>
      liveFinding(seen),
    );
    expect(said).toEqual([
      expect.stringContaining(
        '2 to 8 workers (5 on average) keep 1.98 of 2 cores busy. They waited for a core for 60 % of their time: there were 5 workers on average for 2 cores.',
      ),
    ]);
  });

  it('claims no cause, no advice and no comparison without a finite number', () => {
    const bare = (claim: Claim): boolean => numbersIn(claim).length === 0 && claim.kind !== 'not-known';
    for (const { seen } of SITUATIONS) {
      const claims = claimsOf(seen);
      expect(claims.filter(bare)).toEqual([]);
      for (const number of claims.flatMap(numbersIn)) expect(Number.isFinite(number)).toBe(true);
    }
  });

  it('keeps the shares of one sentence within its whole', () => {
    for (const { seen, name } of SITUATIONS) {
      const sum = claimsOf(seen).reduce((total, claim) => {
        // Waiting with and without a task is a part of both, and that is said.
        if (
          claim.kind === 'shown' &&
          (claim.what === 'between-tasks' || (claim.what === 'waited-for-core' && !claim.alsoBetween))
        )
          return total + claim.share;
        return claim.kind === 'cause' && claim.of === 'waiting-for-lock' && claim.all ? total + claim.share : total;
      }, 0);
      expect(sum, name).toBeLessThanOrEqual(1 + 1e-9);
    }
  });

  it('says the same of workers that wait for a core, however long they do, about what they do', () => {
    const does = (situation: Situation) => tags(situation).filter((tag) => ['computes', 'waits', 'both'].includes(tag));
    for (const situation of SITUATIONS.filter(({ must }) => must.includes('waits'))) {
      for (const queued of [0, 0.05, 0.2, 0.4]) {
        const seen = { ...situation.seen, runQueueMs: situation.seen.workersMs * queued };
        expect(does({ ...situation, seen })).not.toContain('computes');
      }
    }
  });
});
