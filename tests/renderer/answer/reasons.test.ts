import { describe, expect, it } from 'vitest';
import { coreRows } from '../../../src/renderer/src/answer/reasons';
import { bookCompare } from '../../fixtures/answer-report';

describe('the cores while each ran', () => {
  const compare = bookCompare('node');
  const rowsOf = (report: typeof compare) =>
    coreRows({ language: 'node', title: 'Node', compare: report, scale: null });

  it('are split core by core into what its own workers used and what was busy in all', () => {
    const rows = rowsOf(compare);
    expect(rows.map(({ key }) => key)).toEqual(compare.contenders.map(({ contender }) => contender));
    for (const { key, busy, own, coresBusy } of rows) {
      const found = compare.contenders.find(({ contender }) => contender === key);
      expect(found?.cores?.own).toBeDefined();
      expect({ busy, own, coresBusy }).toEqual({
        busy: found?.cores?.busy,
        own: found?.cores?.own?.busy,
        coresBusy: found?.coresBusy,
      });
    }
  });

  it('have no part of its own where it is not known what used them', () => {
    const contenders = compare.contenders.map((one) => ({
      ...one,
      cores: one.cores && { ...one.cores, own: undefined },
    }));
    expect(rowsOf({ ...compare, contenders }).map(({ own }) => own)).toEqual(contenders.map(() => null));
  });
});
