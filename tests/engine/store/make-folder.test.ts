import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeFolder } from '../../../src/engine/store/make-folder';

const folder = mkdtempSync(join(tmpdir(), 'coreloom-folder-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('makes what is missing above a folder, and is content with one that is there', async () => {
  const deep = join(folder, 'a', 'b', 'c');
  await makeFolder(deep);
  await makeFolder(deep);
  expect(existsSync(deep)).toBe(true);
});

it('says that a file is in the way', async () => {
  writeFileSync(join(folder, 'file'), '');
  await expect(makeFolder(join(folder, 'file', 'b', 'c'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

// Elsewhere there is no folder in which nothing can be made.
it.runIf(process.platform === 'linux')('ends where the system lets nothing be made', async () => {
  await expect(makeFolder('/proc/coreloom/reports')).rejects.toMatchObject({ code: 'ENOENT' });
});
