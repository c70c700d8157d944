import { describe, expect, it } from 'vitest';
import { memoryWarning, watchMemoryKills } from '../../../src/engine/system/memory-kills';

describe('processes ended for want of memory', () => {
  it('are counted from now on, and told with their number', () => {
    let count = 13;
    const kills = watchMemoryKills(() => count);
    expect(memoryWarning(kills(), { oursKilled: 1 })).toBeNull();
    count = 14;
    expect(memoryWarning(kills(), { oursKilled: 1 })).toBe(
      'The system ran out of memory and killed 1 process; a Coreloom worker was killed during this time; use fewer workers or smaller tasks.',
    );
    count = 16;
    expect(memoryWarning(kills(), { oursKilled: 2 })).toContain(
      'killed 3 processes; 2 Coreloom workers were killed during this time; use fewer workers',
    );
  });

  it('lead to no advice where no worker was killed', () => {
    expect(memoryWarning(2, { oursKilled: 0 })).toBe(
      'The system ran out of memory and killed 2 processes; none was a Coreloom worker.',
    );
  });

  it('are none where the system does not count them', () => {
    expect(watchMemoryKills(() => null)()).toBe(0);
  });
});
