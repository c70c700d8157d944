import { describe, expect, it } from 'vitest';
import { NODE_THREAD, tightWords } from '../../../src/engine/system/room';

describe('a limit that leaves too little', () => {
  it('is told with its unit where it is memory', () => {
    expect(tightWords({ words: 'this process is limited', of: 'addresses', left: -3 }, NODE_THREAD)).toBe(
      'this process is limited, and only 0 MiB are left (a Node thread needs 1024 MiB, and Coreloom keeps 512 MiB for itself)',
    );
  });

  it('is told as a number where it is one', () => {
    expect(tightWords({ words: 'this user is limited', of: 'threads', left: 7 }, NODE_THREAD)).toBe(
      'this user is limited, and only 7 are left (a Node thread needs 1, and Coreloom keeps 12 for itself)',
    );
  });
});
