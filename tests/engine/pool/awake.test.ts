import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Awake } from '../../../src/engine/pool/dispatcher';

const turning = (): boolean => process.getActiveResourcesInfo().includes('Immediate');

describe('staying awake for an answer', () => {
  it('keeps the event loop turning, where there is a second core, and lets it sleep soon after', async () => {
    expect(turning()).toBe(false);
    const awake = new Awake();
    awake.stay();
    awake.stay();
    expect(turning()).toBe(availableParallelism() > 1);
    await delay(20);
    expect(turning()).toBe(false);
    awake.stay();
    expect(turning()).toBe(availableParallelism() > 1);
  });
});
