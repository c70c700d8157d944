import { mkdir, readFile, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { USUAL_APP_SETTINGS } from '../../../src/contract';
import { openAppSettings } from '../../../src/engine/store';
import { temporaryFolder } from '../../support/folder';

const fileIn = (home: string): string => join(home, 'settings.json');

describe('the settings of the app', () => {
  it('are the usual ones without a file, and reading makes none', async () => {
    const home = temporaryFolder();
    expect(await openAppSettings({ home }).read()).toEqual({
      values: USUAL_APP_SETTINGS,
      folder: home,
      fault: null,
    });
    expect(await readdir(home)).toEqual([]);
  });

  it('are kept for every process that shares the folder, which is made, and for this user alone', async () => {
    const home = join(temporaryFolder(), 'new', 'data');
    await openAppSettings({ home }).change({ theme: 'dark' });
    await openAppSettings({ home }).change({ workers: { threads: 3 }, sampleHz: 5 });
    const { values } = await openAppSettings({ home }).read();
    expect(values).toEqual({ ...USUAL_APP_SETTINGS, theme: 'dark', workers: { threads: 3 }, sampleHz: 5 });
    if (process.platform !== 'win32') expect((await stat(fileIn(home))).mode & 0o777).toBe(0o600);
  });

  it('lose none of several changes at once', async () => {
    const home = temporaryFolder();
    const [one, other] = [openAppSettings({ home }), openAppSettings({ home })];
    await Promise.all([
      one.change({ theme: 'light' }),
      other.change({ sampleHz: 2 }),
      one.change({ coreSource: 'kernel' }),
    ]);
    expect((await one.read()).values).toMatchObject({ theme: 'light', sampleHz: 2, coreSource: 'kernel' });
  });

  it('have their defaults where an earlier version did not keep them, and leave out what a later one added', async () => {
    const home = temporaryFolder();
    await writeFile(fileIn(home), '{"theme":"dark","aLaterOne":1}');
    const { values, fault } = await openAppSettings({ home }).read();
    expect(values).toEqual({ ...USUAL_APP_SETTINGS, theme: 'dark' });
    expect(fault).toBeNull();
  });

  it.each([
    ['{"theme":', 'not JSON'],
    ['[1]', 'not an object'],
    ['{"theme":"pink"}', 'theme must be one of system, light, dark'],
    ['{"sampleHz":1000}', 'sampleHz must be one of 10, 5, 2'],
    ['{"workers":{"fibers":2}}', 'workers must be counts by executor'],
  ])('of %s are put aside, said, and the usual ones used', async (text, why) => {
    const home = temporaryFolder();
    await writeFile(fileIn(home), text);
    const settings = openAppSettings({ home });
    const { values, fault } = await settings.read();
    expect(values).toEqual(USUAL_APP_SETTINGS);
    expect(fault).toContain(why);
    expect(fault).toContain(`The file was moved to "${join(home, 'settings.broken.json')}".`);
    expect(await readFile(join(home, 'settings.broken.json'), 'utf8')).toBe(text);
    // A client that comes later is told too, until a setting is changed.
    expect((await settings.read()).fault).toBe(fault);
    await settings.change({ theme: 'light' });
    expect(await settings.read()).toMatchObject({ values: { theme: 'light' }, fault: null });
  });

  it('are not read through a link, from a folder, or where they are too large', async () => {
    const elsewhere = join(temporaryFolder(), 'theirs.json');
    await writeFile(elsewhere, '{"theme":"dark"}');
    const homes = [temporaryFolder(), temporaryFolder(), temporaryFolder()] as const;
    await symlink(elsewhere, fileIn(homes[0]));
    await mkdir(fileIn(homes[1]));
    await writeFile(fileIn(homes[2]), `{"theme":"dark","x":"${'x'.repeat(300_000)}"}`);
    for (const home of homes) {
      const { values, fault } = await openAppSettings({ home }).read();
      expect(values).toEqual(USUAL_APP_SETTINGS);
      expect(fault).toContain('cannot be read');
    }
  });

  it('that cannot be written are refused with a sentence', async () => {
    const home = join(temporaryFolder(), 'a-file');
    await writeFile(home, '');
    await expect(openAppSettings({ home }).change({ theme: 'dark' })).rejects.toMatchObject({ code: 'not-writable' });
  });
});
