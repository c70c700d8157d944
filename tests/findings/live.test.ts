import { describe, expect, it } from 'vitest';
import { timeShares } from '../../src/contract';
import { claimsOf, type Claim } from '../../src/engine/experiment/live/claims';
import { liveFinding } from '../../src/engine/experiment/live/finding';
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
    expect(situation.must.filter((tag) => !said.includes(tag)), `not claimed in: ${text}`).toEqual([]);
    expect(situation.mustNot.filter((tag) => said.includes(tag)), `claimed in: ${text}`).toEqual([]);
    expect(text.includes('too busy to judge'), text).toBe(said.includes('not-known:too-busy'));
    expect(lawsBroken(text, { workers: Math.max(situation.seen.workers, situation.seen.range?.most ?? 0), cores: [situation.seen.limits.effectiveCpus, situation.seen.cores] }), text).toEqual([]);
  });

  it('is made from situations that can be: no worker computes and waits for more than its time, and no quota is exceeded', () => {
    const known = SITUATIONS.filter(({ name, seen }) => !name.startsWith('more ') && seen.cpuMs !== null && seen.workersMs > 0);
    for (const { name, seen } of known) {
      const { lock, workersMs, runQueueMs, cpuMs, elapsedMs, limits } = seen;
      expect(((cpuMs ?? 0) + (runQueueMs ?? 0)) / workersMs, name).toBeLessThanOrEqual(1);
      expect((cpuMs ?? 0) + (seen.offThreadCpuMs ?? 0), name).toBeLessThanOrEqual(1.05 * limits.effectiveCpus * elapsedMs);
      if (lock !== null) expect((lock.coresBusy ?? 0) + (lock.waitingShare ?? 0) * lock.workers, name).toBeLessThanOrEqual(lock.workers);
      if (lock?.workers === seen.workers) expect(((cpuMs ?? 0) + (runQueueMs ?? 0)) / workersMs + (lock.waitingShare ?? 0), name).toBeLessThanOrEqual(1);
    }
  });

  it('has shares of all of the workers’ time, which add up', () => {
    for (const { seen, name } of SITUATIONS) {
      const shares = timeShares({ ...seen, lockMs: seen.lock === null ? null : (seen.lock.waitingShare ?? 0) * seen.lock.workersMs });
      expect(shares === null, name).toBe(seen.cpuMs === null || seen.workersMs === 0);
      const parts = Object.values(shares ?? { computing: 1 }).filter((share) => share !== null);
      expect(parts.reduce((sum: number, share: number) => sum + share, 0), name).toBeCloseTo(1, 9);
      for (const share of parts) expect(share, name).toBeGreaterThanOrEqual(0);
    }
  });

  it('counts workers by their mean where their number changed, and not by those of now', () => {
    const said = SITUATIONS.filter(({ name }) => name.startsWith('2 workers, then 8, on 2 cores; as')).map(({ seen }) => liveFinding(seen));
    expect(said).toEqual([expect.stringContaining('2 to 8 workers (5 on average) keep 1.98 of 2 cores busy. They waited for a core 60 % of their time: there were 5 workers on average for 2 cores.')]);
  });

  it('claims no cause, no advice and no comparison without a finite number', () => {
    const bare = (claim: Claim): boolean => numbersIn(claim).length === 0 && claim.kind !== 'not-known' && !(claim.kind === 'advice' && claim.advice === 'more-can-wait');
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
        if (claim.kind === 'shown' && (claim.what === 'between-tasks' || (claim.what === 'waited-for-core' && !claim.alsoBetween))) return total + claim.share;
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
