import { describe, expect, it } from 'vitest';
import { proofSentence, proofWords } from '../../src/contract';

const one = (input: number, tasks: number): { input: number; checksum: number; tasks: number } => ({
  input,
  checksum: 7,
  tasks,
});
const proof = { checksums: [one(0, 1200), one(1, 34)], differingInputs: 0, failure: null };

describe('what checksums prove', () => {
  it('is an agreement where tasks of one input were held against each other', () => {
    expect(proofWords(proof)).toBe('1,234 tasks of 2 distinct inputs, all agree');
    expect(proofWords({ ...proof, differingInputs: undefined, checksums: [one(0, 2)] })).toBe(
      '2 tasks of 1 distinct input, all agree',
    );
  });

  it('is nothing where each input was run once, or none', () => {
    expect(proofWords({ ...proof, checksums: [one(0, 1), one(1, 1)] })).toBe(
      '2 of 2 distinct inputs, so none could be compared',
    );
    expect(proofWords({ ...proof, checksums: [] })).toBe('none that could be compared with each other');
  });

  it('is a disagreement where results differed, also where that is let pass', () => {
    expect(proofWords({ ...proof, differingInputs: 3 })).toBe(
      'results differed for 3 of 5 distinct inputs, so nothing proves that the same work was done',
    );
    expect(proofSentence({ ...proof, differingInputs: 3 })).toMatch(
      /^Results differed .*\. Each input listed here had one checksum\.$/,
    );
    const failure = { code: 'checksum-mismatch', message: 'no' } as const;
    expect(proofWords({ ...proof, failure })).toMatch(/^NOT all agree/);
    expect(proofSentence({ ...proof, failure })).toMatch(
      /^The run failed because tasks with the same input returned different checksums\./,
    );
  });
});
