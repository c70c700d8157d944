import { describe, expect, it } from 'vitest';
import { COMPARISONS } from './compared';
import { CLAIMS, type ExperimentTag } from './experiment-claims';
import { SCALINGS } from './scaled';
import { lawsBroken } from './laws';

/** What must be told where it is so, and must not be where it is not. */
const TAGS = Object.keys(CLAIMS) as ExperimentTag[];

describe('what is said of comparisons and of scaling', () => {
  it.each([...COMPARISONS, ...SCALINGS].map((one) => [one.name, one] as const))(
    '%s',
    (_, { text, must, workers, cores, impossible, says = /./, saysNot = /undefined/ }) => {
      expect(impossible).toEqual([]);
      expect(TAGS.filter((tag) => CLAIMS[tag].test(text)).toSorted(), text).toEqual([...must].toSorted());
      expect(text).toMatch(says);
      expect(text).not.toMatch(saysNot);
      expect(
        lawsBroken(text, { workers, cores, sentences: 8 }).filter((law) => !law.includes('“it”')),
        text,
      ).toEqual([]);
    },
  );
});
