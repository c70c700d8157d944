import { describe, expect, it } from 'vitest';
import { tooFewAddresses } from '../../scripts/node-addresses.mjs';

/** A process with such a limit (bytes, or a word) that takes 744 MiB. */
const withLimit =
  (limit: string) =>
  (path: string): string =>
    path.endsWith('limits')
      ? `Limit                     Soft Limit           Hard Limit           Units     \nMax address space         ${limit}            unlimited            bytes     \n`
      : 'Name:\tnode\nVmSize:\t  761856 kB\n';

describe('the addresses that a process may have', () => {
  it('are enough without a limit, and with a wide one', () => {
    expect(tooFewAddresses(withLimit('unlimited'))).toBeNull();
    expect(tooFewAddresses(withLimit(String(4 * 2 ** 30)))).toBeNull();
  });

  it('are too few beside what Node takes, which is said with what would be enough', () => {
    expect(tooFewAddresses(withLimit(String(2 ** 30)))).toBe(
      'The address space of this process is limited to 1024 MiB (ulimit -v), and Node alone needs 744 MiB; raise the limit to 1792 MiB or more.',
    );
  });

  it('are not known where no system tells', () => {
    const none = (): never => {
      throw new Error('ENOENT');
    };
    expect(tooFewAddresses(none)).toBeNull();
  });
});
