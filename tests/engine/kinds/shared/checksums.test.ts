import { describe, expect, it } from 'vitest';
import { createChecksumLedger } from '../../../../src/engine/kinds/shared/checksums';

describe('the checksum ledger', () => {
  it('accepts executors that agree and counts their tasks', () => {
    const ledger = createChecksumLedger();
    expect(ledger.check({ executor: 'threads', worker: 1, input: 3, checksum: 42 })).toBeNull();
    expect(ledger.check({ executor: 'processes', worker: 2, input: 3, checksum: 42 })).toBeNull();
    expect(ledger.proof()).toEqual({ checksums: [{ input: 3, checksum: 42, tasks: 2 }], differingInputs: 0 });
  });

  it('names both sides of a disagreement', () => {
    const ledger = createChecksumLedger();
    ledger.check({ executor: 'threads', worker: 1, input: 3, checksum: 42 });
    const error = ledger.check({ executor: 'processes', worker: 2, input: 3, checksum: 43 });
    expect(error?.code).toBe('checksum-mismatch');
    expect(ledger.proof()).toEqual({ checksums: [], differingInputs: 1 });
    expect(error?.message).toMatch(/43 on worker 2 of processes, but 42 on worker 1 of threads/);
  });

  it.each([Number.NaN, -1, 1.5, 2 ** 32])('refuses %s as a checksum', (checksum) => {
    expect(createChecksumLedger().check({ executor: 'threads', worker: 1, input: 0, checksum })?.code).toBe(
      'checksum-mismatch',
    );
  });
});
