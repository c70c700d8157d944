import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeOwnedFolder } from '../../../src/engine/system/owned-folder';
import { temporaryFolder } from '../../support/folder';
import { asOther, NEEDS_TWO_USERS, sharedFolder } from '../../support/other-user';

let home = '';
beforeEach(() => {
  home = temporaryFolder();
  vi.stubEnv('CORELOOM_HOME', home);
  vi.stubEnv('XDG_RUNTIME_DIR', '');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const gone = (): number => spawnSync(process.execPath, ['-e', '']).pid;
const OWNER = /-([0-9a-f]{6})-([0-9a-f]{6})-([0-9a-z]+)-(\d+)-/;

/** The name of a folder of this process as another one, on another machine or after another start, would have given it. */
function renamed(name: string, change: { machine?: string; boot?: string; namespace?: string; pid?: number }): string {
  return name.replace(
    OWNER,
    (_, machine: string, boot: string, namespace: string, pid: string) =>
      `-${change.machine ?? machine}-${change.boot ?? boot}-${change.namespace ?? namespace}-${String(change.pid ?? pid)}-`,
  );
}

/** What such a process left. */
function left(change: Parameters<typeof renamed>[1]): string {
  const folder = makeOwnedFolder('disk', 'tasks');
  const dead = join(dirname(folder), renamed(basename(folder), change));
  writeFileSync(join(folder, 'file'), 'left behind');
  renameSync(folder, dead);
  return dead;
}

describe('a folder of this process', () => {
  it('is this user’s alone, and has a name that cannot be guessed', () => {
    const folders = [makeOwnedFolder('disk', 'tasks'), makeOwnedFolder('disk', 'tasks')];
    expect(new Set(folders).size).toBe(2);
    for (const folder of folders)
      expect(statSync(folder).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o700);
  });

  it('is made in the next place where the best does not take it, which is said', () => {
    const file = join(home, 'file');
    writeFileSync(file, '');
    vi.stubEnv('CORELOOM_HOME', join(file, 'home'));
    vi.stubEnv('TMPDIR', home);
    const { folder, refused } = makeOwnedFolder('disk', 'tasks', (made, places) => ({
      folder: made,
      refused: [...places],
    }));
    expect(dirname(folder)).toBe(home);
    expect(refused).toEqual([`"${join(file, 'home', 'private')}" (ENOTDIR)`]);
  });

  it('leaves a place where it could not be filled', () => {
    expect(() =>
      makeOwnedFolder('disk', 'tasks', () => {
        throw new Error('it is of no use');
      }),
    ).toThrow(/^No folder for files of tasks can be created in ".*" \(it is of no use\), /);
    expect(readdirSync(join(home, 'private'))).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('has a name short enough for a socket in a home as users have them', () => {
    const place = '/home/firstname/.local/share/coreloom/private'.length;
    const folder = makeOwnedFolder('disk', 'module');
    expect(place + Buffer.byteLength(`/${basename(folder)}/cancel`)).toBeLessThanOrEqual(103);
  });

  it.skipIf(process.platform === 'win32')(
    'is not where a socket’s path would be too long, as such a path is cut without a word',
    () => {
      const long = join(home, 'long'.repeat(25));
      vi.stubEnv('CORELOOM_HOME', long);
      expect(makeOwnedFolder('disk', 'tasks')).toContain(long);
      const folder = makeOwnedFolder('socket', 'module');
      expect(Buffer.byteLength(join(folder, 'socket'))).toBeLessThanOrEqual(103);
      rmSync(folder, { recursive: true });
    },
  );
});

describe('what is left is', () => {
  it('removed once its process has ended, or its machine has started again since', () => {
    const dead = [left({ pid: gone() }), left({ boot: '000000' }), left({ boot: '000000', namespace: '1' })];
    expect(dead.map((folder) => existsSync(folder)).at(-1)).toBe(true);
    makeOwnedFolder('disk', 'tasks');
    expect(dead.filter((folder) => existsSync(folder))).toEqual([]);
  });

  it('left alone for a month where its processes cannot be seen: another machine’s, or a container’s', () => {
    const unseen = [
      left({ machine: '000000', pid: gone() }),
      left({ machine: '000000', boot: '000000' }),
      left({ namespace: '1', pid: gone() }),
    ];
    makeOwnedFolder('disk', 'tasks');
    expect(unseen.filter((folder) => existsSync(folder))).toEqual(unseen);
    const old = new Date(Date.now() - 31 * 24 * 3_600_000);
    for (const folder of unseen) utimesSync(folder, old, old);
    makeOwnedFolder('disk', 'tasks');
    expect(unseen.filter((folder) => existsSync(folder))).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')(
    'left alone where anybody else may have written in it, or where it is a link',
    () => {
      const open = left({ pid: gone() });
      chmodSync(open, 0o755);
      const link = join(dirname(open), renamed(basename(makeOwnedFolder('disk', 'lab')), { pid: gone() }));
      mkdirSync(join(home, 'kept'));
      writeFileSync(join(home, 'kept', 'file'), '');
      symlinkSync(join(home, 'kept'), link);
      makeOwnedFolder('disk', 'tasks');
      expect([existsSync(open), lstatSync(link).isSymbolicLink(), readdirSync(join(home, 'kept'))]).toEqual([
        true,
        true,
        ['file'],
      ]);
    },
  );
});

describe.skipIf(NEEDS_TWO_USERS !== null)('in a folder that all users share', () => {
  it('nothing of another user is removed or entered, whatever its name', () => {
    const shared = sharedFolder();
    vi.stubEnv('TMPDIR', shared);
    const victim = join(home, 'victim');
    mkdirSync(victim, { mode: 0o700 });
    for (let at = 0; at < 20; at += 1) writeFileSync(join(victim, String(at)), 'mine');
    const own = makeOwnedFolder('browser', 'window');
    const bait = (name: string): string =>
      join(shared, renamed(basename(own), { pid: gone() }).replace('window', name));
    const baits = [bait('window'), bait('print'), bait('tasks')];
    asOther(() => {
      mkdirSync(baits[0]!);
      symlinkSync(victim, join(baits[0]!, 'link'));
      symlinkSync(victim, baits[1]!);
      mkdirSync(baits[2]!, { mode: 0o777 });
      writeFileSync(join(baits[2]!, 'file'), 'theirs');
    });
    makeOwnedFolder('browser', 'print');
    expect(baits.map((path) => lstatSync(path, { throwIfNoEntry: false }) !== undefined)).toEqual([true, true, true]);
    expect(readFileSync(join(baits[2]!, 'file'), 'utf8')).toBe('theirs');
    expect(readdirSync(victim)).toHaveLength(20);
  });

  it('nobody else can enter what is made there', () => {
    const shared = sharedFolder();
    vi.stubEnv('TMPDIR', shared);
    const folder = makeOwnedFolder('browser', 'window');
    expect(() => asOther(() => readdirSync(folder))).toThrow(/EACCES/);
    expect(() =>
      asOther(() => {
        renameSync(folder, `${folder}-away`);
      }),
    ).toThrow(/EPERM|EACCES/);
  });
});
