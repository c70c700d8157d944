import { describe, expect, it } from 'vitest';
import { memoryWarning, watchMemoryKills } from '../../../src/engine/system/memory-kills';

describe('processes ended for want of memory', () => {
  it('are counted from now on, and told with their number', () => {
    let count = 13;
    const kills = watchMemoryKills(() => count);
    expect(memoryWarning(kills(), { oursKilled: 1 })).toBeNull();
    count = 14;
    expect(memoryWarning(kills(), { oursKilled: 1 })).toBe(
      'Memory ran out meanwhile: the system ended 1 process, and a worker was killed; use fewer workers or smaller tasks.',
    );
    count = 16;
    expect(memoryWarning(kills(), { oursKilled: 2 })).toContain(
      'ended 3 processes, and 2 workers were killed; use fewer workers',
    );
  });

  it('lead to no advice where no worker was killed', () => {
    expect(memoryWarning(2, { oursKilled: 0 })).toBe(
      'Memory ran out meanwhile: the system ended 2 processes, and none of Coreloom’s workers.',
    );
  });

  it('are none where the system does not count them', () => {
    expect(watchMemoryKills(() => null)()).toBe(0);
  });
});
