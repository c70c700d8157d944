import { describe, expect, it } from 'vitest';
import { watchMemoryKills } from '../../../src/engine/experiment/memory-kills';

describe('processes ended for want of memory', () => {
  it('are told of with how many they were since', () => {
    let count = 13;
    const killed = watchMemoryKills(() => count);
    expect(killed()).toBeNull();
    count = 14;
    expect(killed()).toContain('ended 1 process,');
    count = 16;
    expect(killed()).toContain('ended 3 processes,');
  });

  it('are none where the system does not count them', () => {
    expect(watchMemoryKills(() => null)()).toBeNull();
  });
});
