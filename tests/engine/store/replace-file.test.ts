import { describe, expect, it } from 'vitest';
import { replaceFile } from '../../../src/engine/store/replace-file';

/** A rename that fails so many times before it succeeds. */
function failing(times: number, code: string): { rename: () => Promise<void>; tried: () => number } {
  let tried = 0;
  const rename = (): Promise<void> => {
    tried += 1;
    return tried > times ? Promise.resolve() : Promise.reject(Object.assign(new Error(code), { code }));
  };
  return { rename, tried: () => tried };
}

describe('a file in the place of another', () => {
  it.each(['EPERM', 'EACCES', 'EBUSY'])(
    'is tried again on Windows, where somebody has the other one open for a moment (%s)',
    async (code) => {
      const { rename, tried } = failing(3, code);
      await replaceFile('a', 'b', { platform: 'win32', rename });
      expect(tried()).toBe(4);
    },
  );

  it('is given up where it stays open', async () => {
    await expect(
      replaceFile('a', 'b', { platform: 'win32', rename: failing(1_000, 'EBUSY').rename }),
    ).rejects.toMatchObject({ code: 'EBUSY' });
  });

  it.each([
    ['linux', 'EPERM'],
    ['win32', 'ENOSPC'],
  ] as const)('is not tried again where waiting changes nothing (%s, %s)', async (platform, code) => {
    const { rename, tried } = failing(1, code);
    await expect(replaceFile('a', 'b', { platform, rename })).rejects.toMatchObject({ code });
    expect(tried()).toBe(1);
  });
});
