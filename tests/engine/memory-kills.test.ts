import { describe, expect, it } from 'vitest';
import { memoryWarning, watchMemoryKills } from '../../src/engine/memory-kills';

describe('processes ended for want of memory', () => {
  it('are counted from now on, and told with their number', () => {
    let count = 13;
    const kills = watchMemoryKills(() => count);
    expect(memoryWarning(kills())).toBeNull();
    count = 14;
    expect(memoryWarning(kills())).toContain('ended 1 process,');
    count = 16;
    expect(memoryWarning(kills())).toContain('ended 3 processes,');
  });

  it('are none where the system does not count them', () => {
    expect(watchMemoryKills(() => null)()).toBe(0);
  });
});
