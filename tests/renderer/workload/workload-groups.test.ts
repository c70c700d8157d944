import { describe, expect, test } from 'vitest';
import { shortTag, workloadGroups } from '../../../src/renderer/src/workload/workload-groups';
import { FAKE_WORKLOADS } from '../fake/machine';

describe('the groups of workloads', () => {
  test('hold every workload once, by kind, in the order in which they come', () => {
    const groups = workloadGroups(FAKE_WORKLOADS);
    expect(groups.map((group) => group.title)).toEqual(['CPU', 'I/O', 'Mixed']);
    expect(
      groups
        .flatMap((group) => group.workloads)
        .toSorted((a, b) => FAKE_WORKLOADS.indexOf(a) - FAKE_WORKLOADS.indexOf(b)),
    ).toEqual(FAKE_WORKLOADS);
  });

  test('say the kind once: a tag goes without it', () => {
    const [first] = FAKE_WORKLOADS;
    expect(['CPU · crypto', 'Mixed · network, crypto', 'example'].map((tag) => shortTag({ ...first!, tag }))).toEqual([
      'crypto',
      'network, crypto',
      'example',
    ]);
  });
});
