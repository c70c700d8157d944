import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createProcFiles } from '../../../../src/engine/metrics/tick/proc-files';

const folder = mkdtempSync(join(tmpdir(), 'coreloom-files-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

describe('kept files', () => {
  it('are read again each time', () => {
    const files = createProcFiles();
    const path = file('a', 'first');
    expect(files.read(path)).toBe('first');
    writeFileSync(path, 'second, longer');
    expect(files.read(path)).toBe('second, longer');
    files.close();
  });

  it('are read whole, however long', () => {
    const files = createProcFiles();
    const text = 'x'.repeat(300_000);
    expect(files.read(file('long', text))).toBe(text);
    files.close();
  });

  it('are null where there is none, and found once there is', () => {
    const files = createProcFiles();
    expect(files.read(join(folder, 'later'))).toBeNull();
    expect(files.read(file('later', 'now'))).toBe('now');
    files.close();
  });

  it('are opened for each read beyond the limit', () => {
    const files = createProcFiles(1);
    const [first, second] = [file('1', 'one'), file('2', 'two')];
    expect([first, second, first, second].map((path) => files.read(path))).toEqual(['one', 'two', 'one', 'two']);
    files.close();
  });

  it.runIf(process.platform === 'linux')('are all closed in the end', () => {
    const openFiles = (): number => readdirSync('/proc/self/fd').length;
    const before = openFiles();
    const files = createProcFiles();
    files.read(file('b', 'b'));
    files.read(file('c', 'c'));
    expect(openFiles()).toBe(before + 2);
    files.close();
    files.close();
    expect(openFiles()).toBe(before);
  });
});
