import { describe, expect, it } from 'vitest';
import { CoreloomError, type ErrorInfo, type Report } from '../../src/contract';
import { createJournal } from '../../src/engine/journal';
import { makeReport } from '../fixtures/report';

/** A journal on a clock that stands still unless a draft takes time. */
function journalOf(tookMs: (draft: number) => number = () => 0) {
  const clock = { nowMs: 0 };
  const kept: number[] = [];
  const warnings: ErrorInfo[] = [];
  let fails: Error | null = null;
  const journal = createJournal({
    store: {
      draft: () => {
        if (fails) return Promise.reject(fails);
        clock.nowMs += tookMs(kept.length);
        kept.push(clock.nowMs);
        return Promise.resolve();
      },
    },
    warn: (warning) => warnings.push(warning),
    nowMs: () => clock.nowMs,
  });
  const fail = (error: Error): void => {
    fails = error;
  };
  /** Offers the report every 10 ms. */
  const offer = async (forMs: number, soFar: () => Report | null = () => makeReport()): Promise<void> => {
    for (const endMs = clock.nowMs + forMs; clock.nowMs < endMs; clock.nowMs += 10) await journal.keep(soFar);
  };
  return { journal, clock, kept, warnings, fail, offer };
}

describe('a journal', () => {
  it('keeps what there is once a second, where that costs next to nothing', async () => {
    const { kept, offer } = journalOf();
    await offer(10_000);
    expect(kept).toHaveLength(10);
  });

  it('takes no more than a hundredth of the time, its pauses growing to that step by step', async () => {
    const { kept, offer } = journalOf(() => 50);
    await offer(100_000);
    const pauses = kept.slice(1).map((atMs, at) => Math.round((atMs - (kept[at] ?? 0)) / 1000));
    expect(pauses.slice(0, 5)).toEqual([1, 2, 4, 5, 5]);
    expect((kept.length * 50) / 100_000).toBeLessThan(0.012);
  });

  it('forgets what the first times took, and loses no more than ten seconds however long one takes', async () => {
    const cold = journalOf((draft) => (draft === 0 ? 500 : 1));
    await cold.offer(10_000);
    expect(cold.kept.length).toBeGreaterThan(8);
    const slow = journalOf(() => 900);
    await slow.offer(100_000);
    expect(slow.kept.length).toBeGreaterThan(8);
  });

  it('makes no report that is not due, and none of nothing', async () => {
    const { offer, kept } = journalOf();
    let made = 0;
    await offer(5_000, () => (made++, null));
    expect([kept.length, made]).toEqual([0, 5]);
  });

  it('gives up where it cannot write, says so once, and never rejects', async () => {
    const { offer, kept, warnings, fail } = journalOf();
    await offer(1_000);
    fail(new CoreloomError('disk-full', 'The disk is full.'));
    await offer(20_000);
    expect(kept).toHaveLength(1);
    expect(warnings).toEqual([
      {
        code: 'disk-full',
        message:
          'The disk is full. The measurement continues, but its results are lost if Coreloom is killed before it ends.',
      },
    ]);
  });

  it('keeps nothing once closed, and then nothing is written any more', async () => {
    const written: string[] = [];
    let written1 = (): void => {};
    const journal = createJournal({
      store: {
        draft: () =>
          new Promise(
            (done) =>
              (written1 = () => {
                written.push('draft');
                done();
              }),
          ),
      },
      warn: () => {},
    });
    void journal.keep(() => makeReport());
    const closed = journal.close().then(() => written.push('closed'));
    written1();
    await closed;
    await journal.keep(() => makeReport());
    expect(written).toEqual(['draft', 'closed']);
  });

  it('holds a measurement up for a second at most where the disk does not answer', async () => {
    const journal = createJournal({ store: { draft: () => new Promise(() => {}) }, warn: () => {} });
    await journal.keep(() => makeReport());
    await journal.close();
  });
});
