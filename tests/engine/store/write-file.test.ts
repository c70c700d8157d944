import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, lstat, mkdir, mkdtemp, open, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkWritable, writeFileAtomic } from '../../../src/engine/store';
import { ROOT } from '../../support/paths';

const POSIX = process.platform !== 'win32';
const DEV_FULL = existsSync('/dev/full');

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coreloom-write-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});
const at = (name: string): string => join(folder, name);
const refused = (code: string, words: RegExp): unknown =>
  expect.objectContaining({ code, message: expect.stringMatching(words) as string });

describe('writing a file', () => {
  it('writes a new file and replaces an old one, leaving nothing beside it', async () => {
    await writeFileAtomic(at('r.json'), 'one, longer than its successor');
    await writeFileAtomic(at('r.json'), 'two');
    expect(await readFile(at('r.json'), 'utf8')).toBe('two');
    expect(await readdir(folder)).toEqual(['r.json']);
  });

  it('shows a reader the old text or the new one, never a part', async () => {
    const texts = ['a', 'b'].map((letter) => letter.repeat(300_000));
    await writeFileAtomic(at('r.json'), texts[0]!);
    let writing = true;
    const writes = (async () => {
      for (let round = 0; round < 20; round++) await writeFileAtomic(at('r.json'), texts[round % 2]!);
      writing = false;
    })();
    while (writing) expect(texts).toContain(await readFile(at('r.json'), 'utf8'));
    await writes;
  });

  it('lets many write one file at once: one of them wins, whole', async () => {
    const texts = Array.from({ length: 12 }, (_, writer) => String(writer).repeat(50_000));
    await Promise.all(texts.map((text) => writeFileAtomic(at('r.json'), text)));
    expect(texts).toContain(await readFile(at('r.json'), 'utf8'));
    expect(await readdir(folder)).toEqual(['r.json']);
  });

  it.runIf(POSIX)('keeps the permissions of the file it replaces', async () => {
    await writeFile(at('r.json'), 'old');
    await chmod(at('r.json'), 0o600);
    await writeFileAtomic(at('r.json'), 'new');
    expect((await stat(at('r.json'))).mode & 0o777).toBe(0o600);
  });

  it.runIf(POSIX)('replaces the file behind a link, not the link', async () => {
    await writeFile(at('real.json'), 'old');
    await symlink(at('real.json'), at('link.json'));
    await writeFileAtomic(at('link.json'), 'new');
    expect((await lstat(at('link.json'))).isSymbolicLink()).toBe(true);
    expect(await readFile(at('real.json'), 'utf8')).toBe('new');
  });

  it.runIf(DEV_FULL)('says that the disk is full, and leaves the device a device', async () => {
    await expect(writeFileAtomic('/dev/full', 'text')).rejects.toEqual(
      refused('disk-full', /^Cannot write "\/dev\/full": the disk is full; .*\.$/),
    );
    expect((await stat('/dev/full')).isCharacterDevice()).toBe(true);
  });

  it.runIf(existsSync('/dev/stdout'))('writes to standard output in its turn, also where that is a file', async () => {
    const module = JSON.stringify(join(ROOT, 'src/engine/store/write-file.ts'));
    const script = `import { runnerImport } from 'vite';
      const { module } = await runnerImport(${module}, { configFile: false, logLevel: 'error' });
      process.stdout.write('before|');
      await module.writeFileAtomic('/dev/stdout', 'report|');
      process.stdout.write('after', () => process.exit(0));`;
    const out = await open(at('out.txt'), 'w');
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      cwd: ROOT,
      stdio: ['ignore', out.fd, 'inherit'],
    });
    await once(child, 'close');
    await out.close();
    expect(await readFile(at('out.txt'), 'utf8')).toBe('before|report|after');
  });

  it.runIf(DEV_FULL)('says that there is no such device', async () => {
    await expect(writeFileAtomic('/dev/coreloom-none', 'text')).rejects.toEqual(
      refused('not-writable', /no such device; choose a file/),
    );
  });

  it.runIf(existsSync('/dev/null'))('writes to a device as it is', async () => {
    await writeFileAtomic('/dev/null', 'text');
    expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
  });
});

describe.each([
  ['writing', (path: string) => writeFileAtomic(path, 'text')],
  ['asking beforehand', checkWritable],
])('a path that cannot be written: %s', (_, attempt) => {
  it('refuses a folder that does not exist, by name', async () => {
    await expect(attempt(at('none/r.json'))).rejects.toEqual(
      refused('not-writable', /the folder ".*none" does not exist; create it/),
    );
  });

  it('refuses a file as the parent', async () => {
    await writeFile(at('file'), '');
    await expect(attempt(at('file/r.json'))).rejects.toEqual(refused('not-writable', POSIX ? /is not a folder/ : /./));
  });

  it('refuses a folder as the target', async () => {
    await mkdir(at('folder.json'));
    for (const path of [at('folder.json'), `${folder}/`, '']) {
      await expect(attempt(path)).rejects.toEqual(refused('not-writable', /that is a folder; add a file name/));
    }
  });

  it('refuses an over-long name and shows it shortened', async () => {
    const error: unknown = await attempt(at(`${'n'.repeat(300)}.json`)).catch((reason: unknown) => reason);
    expect(error).toEqual(refused('not-writable', POSIX ? /longer than the file system allows/ : /./));
    expect((error as Error).message.length).toBeLessThan(folder.length + 200);
  });

  it('refuses a path with a NUL', async () => {
    await expect(attempt(at('a\0b.json'))).rejects.toMatchObject({ code: 'not-writable' });
  });

  it('leaves no file behind', async () => {
    await attempt(at(`${'n'.repeat(300)}.json`)).catch(() => undefined);
    await mkdir(at('folder.json'));
    await attempt(at('folder.json')).catch(() => undefined);
    expect(await readdir(folder)).toEqual(['folder.json']);
  });
});

describe('asking beforehand', () => {
  it('accepts a path that can be written, creating nothing', async () => {
    await writeFile(at('old.json'), 'old');
    await checkWritable(at('new.json'));
    await checkWritable(at('old.json'));
    expect(await readdir(folder)).toEqual(['old.json']);
    expect(await readFile(at('old.json'), 'utf8')).toBe('old');
  });

  it.runIf(existsSync('/dev/stdout'))('accepts standard output', async () => {
    await checkWritable('/dev/stdout');
  });
});

if (!DEV_FULL) console.log('not run: the full disk, since this system has no /dev/full');
if (!POSIX) console.log('not run: links and permissions, since this is Windows');
