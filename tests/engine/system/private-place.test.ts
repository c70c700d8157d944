import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isPrivate, makeLastingFolder, placesFor, type Purpose } from '../../../src/engine/system/private-place';
import { temporaryFolder } from '../../support/folder';
import { asOther, NEEDS_TWO_USERS, OTHER, sharedFolder } from '../../support/other-user';

const posix = process.platform !== 'win32';
let root = '';
beforeEach(() => {
  root = realpathSync(temporaryFolder());
  vi.stubEnv('CORELOOM_HOME', join(root, 'home'));
  vi.stubEnv('XDG_RUNTIME_DIR', '');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** Opens the best place that can be opened, or says why the first cannot. */
const first = (purpose: Purpose): string => placesFor(purpose)[0]!.open();
const modeOf = (path: string): number => statSync(path).mode & 0o777;

describe.skipIf(!posix)('a place for folders', () => {
  it('is made below the data folder, for this user alone, with all that is missing above it', () => {
    const place = first('disk');
    expect(place).toBe(join(root, 'home', 'private'));
    expect([modeOf(place), modeOf(join(root, 'home'))]).toEqual([0o700, 0o700]);
    expect(first('disk')).toBe(place);
  });

  it('is in the user’s memory folder for what is written all the time, and on the disk for what is needed for long', () => {
    vi.stubEnv('XDG_RUNTIME_DIR', join(root, 'run'));
    mkdirSync(join(root, 'run'), { mode: 0o700 });
    expect(first('memory')).toBe(join(root, 'run', 'coreloom'));
    expect([first('socket'), first('disk')]).toEqual([join(root, 'home', 'private'), join(root, 'home', 'private')]);
    vi.stubEnv('TMPDIR', root);
    expect(first('browser')).toBe(root);
    chmodSync(join(root, 'run'), 0o755);
    expect(() => first('memory')).toThrow('is not yours alone');
    vi.stubEnv('XDG_RUNTIME_DIR', join(root, 'none'));
    expect(() => first('memory')).toThrow(/ENOENT/);
    expect(existsSync(join(root, 'none'))).toBe(false);
  });

  it('is closed to others where an earlier umask left it open', () => {
    mkdirSync(join(root, 'home', 'private'), { recursive: true, mode: 0o755 });
    chmodSync(join(root, 'home', 'private'), 0o777);
    expect(modeOf(first('disk'))).toBe(0o700);
    expect(modeOf(join(root, 'home'))).toBe(0o755);
  });

  it('is reached through links of this user, and is none itself', () => {
    mkdirSync(join(root, 'elsewhere'));
    symlinkSync(join(root, 'elsewhere'), join(root, 'home'));
    expect(first('disk')).toBe(join(root, 'elsewhere', 'private'));
    vi.stubEnv('CORELOOM_HOME', join(root, 'other'));
    mkdirSync(join(root, 'other'));
    symlinkSync(join(root, 'elsewhere'), join(root, 'other', 'private'));
    expect(() => first('disk')).toThrow('it is not a folder of yours');
  });

  it('is not where others may swap what is in it', () => {
    const [open, sticky] = [sharedFolder({ sticky: false }), sharedFolder()];
    vi.stubEnv('CORELOOM_HOME', join(open, 'home'));
    expect(() => first('disk')).toThrow(`others may write to ${open}`);
    expect(readdirSync(open)).toEqual([]);
    vi.stubEnv('TMPDIR', open);
    expect(() => first('browser')).toThrow(`others may write to ${open}`);
    expect(() => makeLastingFolder()).toThrow(`others may write to ${open}`);
    vi.stubEnv('TMPDIR', sticky);
    expect(isPrivate(lstatSync(makeLastingFolder()))).toBe(true);
  });

  it('is not in a file, in /proc, or in what is not there and cannot be made', () => {
    vi.stubEnv('CORELOOM_HOME', '/proc/version/home');
    expect(() => first('disk')).toThrow(/ENOTDIR/);
    vi.stubEnv('CORELOOM_HOME', '/proc/coreloom/home');
    expect(() => first('disk')).toThrow(/ENOENT/);
  });
});

describe.skipIf(NEEDS_TWO_USERS !== null)('beside another user, a place', () => {
  it('is never that one’s, whatever its mode', () => {
    for (const mode of [0o700, 0o755, 0o777]) {
      const home = sharedFolder();
      vi.stubEnv('CORELOOM_HOME', home);
      asOther(() => {
        mkdirSync(join(home, 'private'));
        chmodSync(join(home, 'private'), mode);
      });
      expect(() => first('disk')).toThrow('it is not a folder of yours');
      expect(lstatSync(join(home, 'private')).mode & 0o777).toBe(mode);
    }
  });

  it('is not below a folder of that one, nor behind a link of that one', () => {
    const shared = sharedFolder();
    mkdirSync(join(root, 'mine'), { mode: 0o700 });
    asOther(() => {
      mkdirSync(join(shared, 'theirs'));
      chmodSync(join(shared, 'theirs'), 0o777);
      symlinkSync(join(root, 'mine'), join(shared, 'link'));
    });
    for (const name of ['theirs', 'link']) {
      vi.stubEnv('CORELOOM_HOME', join(shared, name, 'home'));
      vi.stubEnv('XDG_RUNTIME_DIR', join(shared, name));
      expect(() => first('disk'), name).toThrow(`${join(shared, name)} is somebody else's`);
      expect(() => first('memory'), name).toThrow(`${join(shared, name)} is somebody else's`);
    }
    expect([readdirSync(join(root, 'mine')), existsSync(join(shared, 'theirs', 'home'))]).toEqual([[], false]);
  });

  it('is not below a folder that another group may write to, and may be below one of the group that is the user’s alone', () => {
    mkdirSync(join(root, 'shared'));
    chmodSync(join(root, 'shared'), 0o770);
    vi.stubEnv('CORELOOM_HOME', join(root, 'shared'));
    expect(first('disk')).toBe(join(root, 'shared', 'private'));
    chownSync(join(root, 'shared'), 0, OTHER);
    expect(() => first('disk')).toThrow(`others may write to ${join(root, 'shared')}`);
  });
});
