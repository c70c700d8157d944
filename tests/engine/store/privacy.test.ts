import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createStore } from '../../../src/engine/reports/saved-reports';
import { writeFileAtomic, writePrivateFile } from '../../../src/engine/store';
import { tighten } from '../../../src/engine/store/tighten';
import { makeReport } from '../../fixtures/report';
import { temporaryFolder } from '../../support/folder';
import { NEEDS_TWO_USERS, OTHER } from '../../support/other-user';

const posix = process.platform !== 'win32';
if (!posix) console.log('Tests of who may read files are skipped: Windows has no modes.');

let home = '';
beforeEach(() => {
  home = temporaryFolder();
});
const report = (id: string) => makeReport({ id }, { cores: 2, workers: { threads: 1 }, elapsedMs: 500 });
const modeOf = (...path: string[]): number => statSync(join(home, ...path)).mode & 0o777;
/** Every file and folder of the store that others may do anything with. */
const open = (): string[] =>
  ['.', ...readdirSync(home, { recursive: true }).map(String)].filter((path) => (modeOf(path) & 0o077) !== 0);

describe.skipIf(!posix)('for this user’s eyes alone are', () => {
  it('reports, drafts, labels, the index and the trash', async () => {
    const store = createStore({ home: join(home, 'data') });
    await store.save(report('one'));
    await store.save(report('two'));
    await store.draft(report('three'));
    await store.relabel('one', { title: 'a title' });
    await store.list();
    await store.remove('two');
    expect(readdirSync(join(home, 'data'), { recursive: true }).length).toBeGreaterThan(6);
    expect(open()).toEqual([]);
  });

  it('those that an earlier version let everybody read, once the store is used', async () => {
    const store = createStore({ home });
    await store.save(report('one'));
    await store.remove('one');
    await store.save(report('two'));
    await store.relabel('two', { note: 'a note' });
    await store.list();
    for (const path of readdirSync(home, { recursive: true }).map(String))
      chmodSync(join(home, path), statSync(join(home, path)).isDirectory() ? 0o755 : 0o644);
    chmodSync(home, 0o755);
    await createStore({ home }).list();
    // The data folder itself may be any folder of the user's.
    expect(open()).toEqual(['.']);
    expect([modeOf('reports'), modeOf('trash'), modeOf('reports', 'two.json'), modeOf('trash', 'one.json')]).toEqual([
      0o700, 0o700, 0o600, 0o600,
    ]);
  });

  it('files of Coreloom’s own, also where there was one; what is written where the user chose follows the umask', async () => {
    const before = process.umask(0o022);
    try {
      for (const name of ['own', 'own', 'chosen'])
        await (name === 'own' ? writePrivateFile : writeFileAtomic)(join(home, name), 'text');
      expect([modeOf('own'), modeOf('chosen')]).toEqual([0o600, 0o644]);
      chmodSync(join(home, 'own'), 0o644);
      await writePrivateFile(join(home, 'own'), 'new');
      expect(modeOf('own')).toBe(0o600);
    } finally {
      process.umask(before);
    }
  });
});

describe.skipIf(!posix)('a folder that is closed to others', () => {
  it('takes no file with it that has another name elsewhere or is a link, and does not wait for a pipe', async () => {
    const [folder, elsewhere] = [join(home, 'reports'), join(home, 'elsewhere')];
    mkdirSync(folder);
    chmodSync(folder, 0o755);
    for (const name of ['plain', 'target']) writeFileSync(name === 'plain' ? join(folder, name) : elsewhere, '');
    for (const path of [join(folder, 'plain'), elsewhere]) chmodSync(path, 0o644);
    linkSync(elsewhere, join(folder, 'second-name'));
    symlinkSync(elsewhere, join(folder, 'link'));
    await tighten(folder);
    expect([modeOf('reports'), modeOf('reports', 'plain'), modeOf('elsewhere')]).toEqual([0o700, 0o600, 0o644]);
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
  });

  it('is none behind a link', async () => {
    mkdirSync(join(home, 'pictures'));
    chmodSync(join(home, 'pictures'), 0o755);
    symlinkSync(join(home, 'pictures'), join(home, 'reports'));
    await tighten(join(home, 'reports'));
    expect(modeOf('pictures')).toBe(0o755);
  });

  it.skipIf(NEEDS_TWO_USERS !== null)('is this user’s: what is another’s stays as it is', async () => {
    mkdirSync(join(home, 'reports'));
    for (const name of ['theirs', 'mine']) {
      writeFileSync(join(home, 'reports', name), '');
      chmodSync(join(home, 'reports', name), 0o644);
    }
    chownSync(join(home, 'reports', 'theirs'), OTHER, OTHER);
    chmodSync(join(home, 'reports'), 0o755);
    await tighten(join(home, 'reports'));
    expect([modeOf('reports', 'theirs'), modeOf('reports', 'mine')]).toEqual([0o644, 0o600]);
    chmodSync(join(home, 'reports'), 0o755);
    chownSync(join(home, 'reports'), OTHER, OTHER);
    await tighten(join(home, 'reports'));
    expect(modeOf('reports')).toBe(0o755);
  });
});
