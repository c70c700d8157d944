import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Report } from '../../../src/contract';
import { createStore } from '../../../src/engine/reports/saved-reports';
import { dataFolder } from '../../../src/engine/store';
import { makeReport } from '../../fixtures/report';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'coreloom-store-'));
});
afterEach(async () => {
  await rm(home, { recursive: true, force: true });
});
/** A small report, `day` days after the first. */
const report = (id: string, day = 0): Report =>
  makeReport(
    { id, startedAt: new Date(Date.UTC(2026, 0, 1 + day)).toISOString() },
    { cores: 2, workers: { threads: 1 }, elapsedMs: 500 },
  );
const file = (name: string): string => join(home, 'reports', name);
const ids = async (store = createStore({ home })): Promise<string[]> =>
  (await store.list()).reports.map(({ id }) => id);

describe('the store of reports', () => {
  it('is empty, and creates nothing, before the first report', async () => {
    expect(await createStore({ home }).list()).toEqual({ reports: [], broken: [] });
    expect(await readdir(home)).toEqual([]);
  });

  it('gives back what was saved', async () => {
    const store = createStore({ home });
    const saved = report('one');
    expect(await store.save(saved)).toEqual({ path: file('one.json') });
    expect(await store.load('one')).toEqual(saved);
    expect(store.folder).toBe(join(home, 'reports'));
  });

  it('lists the newest first', async () => {
    const store = createStore({ home });
    for (const [id, day] of [
      ['b', 1],
      ['c', 2],
      ['a', 0],
    ] as const)
      await store.save(report(id, day));
    expect(await ids(store)).toEqual(['c', 'b', 'a']);
    expect((await store.list()).reports[0]).toMatchObject({
      subject: 'sha256',
      workers: { threads: { fewest: 1, most: 1 } },
      outcome: 'completed',
    });
  });

  it.each(['../x', 'x/y', '..', '.', '', 'x\0', '/etc/passwd', 'none', 'nul', 'a'.repeat(300), '.index'])(
    'has no report %j',
    async (id) => {
      await writeFile(join(home, 'x.json'), JSON.stringify(report('x')));
      await expect(createStore({ home }).load(id)).rejects.toMatchObject({
        code: 'report-not-found',
        message: expect.stringMatching(/^There is no saved report/) as string,
      });
    },
  );

  it('removes what killed saves left behind, and nothing that may be in use or is somebody else’s', async () => {
    const killed = spawnSync(process.execPath, ['-e', '']).pid;
    const left = `.coreloom-${killed}-0123456789ab.tmp`;
    const kept = [
      `.coreloom-${process.pid}-0123456789ab.tmp`,
      `.coreloom-${killed}-ffffffffffff.tmp`,
      `.coreloom-${killed}-notes.tmp`,
    ];
    await mkdir(join(home, 'reports'));
    for (const name of [left, ...kept]) await writeFile(file(name), '');
    const longAgo = new Date(Date.now() - 3_600_000);
    for (const name of [left, kept[0]!, kept[2]!]) await utimes(file(name), longAgo, longAgo);
    await createStore({ home }).list();
    expect((await readdir(join(home, 'reports'))).filter((name) => name.endsWith('.tmp')).sort()).toEqual(
      [...kept].sort(),
    );
    await utimes(file(kept[1]!), longAgo, longAgo);
    await createStore({ home }).save(report('one'));
    expect(await readdir(join(home, 'reports'))).not.toContain(kept[1]);
  });

  it('leaves no draft of a report that could not be saved: its caller has it all', async () => {
    const store = createStore({ home });
    await store.draft({ ...report('one'), outcome: 'interrupted' });
    await mkdir(file('one.json'));
    await expect(store.save(report('one'))).rejects.toMatchObject({ code: 'not-writable' });
    expect(await readdir(join(home, 'reports'))).toEqual(['one.json']);
  });

  it('refuses to save under an id that is no file name', async () => {
    await expect(createStore({ home }).save(report('../x'))).rejects.toMatchObject({ code: 'bad-input' });
    expect(await readdir(home)).toEqual([]);
  });

  it('says why it cannot save where its folder is a file', async () => {
    await writeFile(join(home, 'file'), '');
    const store = createStore({ home: join(home, 'file') });
    await expect(store.save(report('one'))).rejects.toMatchObject({
      code: 'not-writable',
      message: expect.stringMatching(/CORELOOM_HOME/) as string,
    });
    await expect(store.list()).rejects.toMatchObject({ code: 'not-available' });
  });
});

describe('broken reports among good ones', () => {
  it('are listed with a sentence each and lose nothing else', async () => {
    const store = createStore({ home });
    for (const id of ['good', 'cut', 'newer', 'huge', 'renamed', 'text', 'empty']) await store.save(report(id));
    const whole = await readFile(file('cut.json'), 'utf8');
    await truncate(file('cut.json'), Math.floor(whole.length / 2));
    await writeFile(file('newer.json'), JSON.stringify({ ...report('newer'), schemaVersion: 99 }));
    await truncate(file('huge.json'), 300 * 2 ** 20);
    await writeFile(file('renamed.json'), JSON.stringify(report('other')));
    await writeFile(file('text.json'), 'not JSON');
    await writeFile(file('empty.json'), '');
    await mkdir(file('folder.json'));
    await writeFile(file('notes.txt'), 'not a report at all');

    const { reports, broken } = await store.list();
    expect(reports.map(({ id }) => id)).toEqual(['good']);
    const sentences = Object.fromEntries(broken.map(({ file: name, message }) => [name, message]));
    expect(sentences).toEqual({
      'cut.json': expect.stringMatching(/cut off/) as string,
      'empty.json': expect.stringMatching(/not valid JSON/) as string,
      'folder.json': expect.stringMatching(/not a regular file/) as string,
      'huge.json': expect.stringMatching(/larger than the 256 MiB/) as string,
      'newer.json': expect.stringMatching(/written by a newer Coreloom/) as string,
      'renamed.json': expect.stringMatching(/has the id "other"/) as string,
      'text.json': expect.stringMatching(/not valid JSON/) as string,
    });
    await expect(store.load('cut')).rejects.toMatchObject({ code: 'report-broken' });
    await expect(store.load('huge')).rejects.toMatchObject({ code: 'report-broken' });
    expect((await store.load('good')).id).toBe('good');
  });

  it('are good again once they are mended', async () => {
    const store = createStore({ home });
    await store.save(report('one'));
    await writeFile(file('one.json'), '{');
    expect((await store.list()).broken).toHaveLength(1);
    await writeFile(file('one.json'), JSON.stringify(report('one')));
    expect(await store.list()).toMatchObject({ reports: [{ id: 'one' }], broken: [] });
  });
});

describe('the index', () => {
  const INDEX = '.index.json';

  it('is used instead of reading reports that did not change', async () => {
    await createStore({ home }).save(report('one'));
    expect(await ids()).toEqual(['one']);
    const rows = (await readFile(file(INDEX), 'utf8'))
      .split('\n')
      .slice(1)
      .join('\n')
      .replace('SHA-256 keeps', 'From the index: keeps');
    await writeFile(
      file(INDEX),
      `${JSON.stringify({ version: 4, digest: createHash('sha1').update(rows).digest('hex') })}\n${rows}`,
    );
    expect((await createStore({ home }).list()).reports[0]?.finding).toMatch(/^From the index/);
  });

  it('gives way to the report where that changed behind its back', async () => {
    await createStore({ home }).save(report('one'));
    await ids();
    await writeFile(file('one.json'), JSON.stringify({ ...report('one'), finding: 'changed' }));
    await utimes(file('one.json'), 1, 1);
    expect((await createStore({ home }).list()).reports[0]?.finding).toBe('changed');
  });

  const nonsense = '[1,["one.json"],["one.json","x",{"id":7}],null]';
  it.each([
    ['cut', (text: string) => text.slice(0, -20)],
    ['changed by hand', (text: string) => text.replace('SHA-256 keeps', 'Forged: keeps')],
    ['of another kind', () => '[1,2]'],
    ['null', () => 'null'],
    ['empty', () => ''],
    [
      'full of nonsense',
      () => `${JSON.stringify({ version: 2, digest: createHash('sha1').update(nonsense).digest('hex') })}
${nonsense}`,
    ],
    ['of another version', (text: string) => text.replace('"version":2', '"version":3')],
  ])('is made again where it is %s', async (_, spoil) => {
    await createStore({ home }).save(report('one'));
    await ids();
    const good = await readFile(file(INDEX), 'utf8');
    await writeFile(file(INDEX), spoil(good));
    expect(await createStore({ home }).list()).toMatchObject({
      reports: [{ id: 'one', finding: expect.stringMatching(/^SHA-256 keeps/) as string }],
    });
    expect(await readFile(file(INDEX), 'utf8')).toBe(good);
  });

  it('forgets a report that was removed', async () => {
    const store = createStore({ home });
    await store.save(report('one'));
    await store.save(report('two', 1));
    expect(await ids(store)).toEqual(['two', 'one']);
    await rm(file('two.json'));
    expect(await ids(store)).toEqual(['one']);
    expect(await ids()).toEqual(['one']);
  });

  it('is not needed: a folder in its place costs time only', async () => {
    await mkdir(file(INDEX), { recursive: true });
    const store = createStore({ home });
    await store.save(report('one'));
    expect(await ids(store)).toEqual(['one']);
  });

  it('survives many engines on one folder', async () => {
    const stores = Array.from({ length: 4 }, () => createStore({ home }));
    const wanted = stores.flatMap((_, engine) =>
      Array.from({ length: 5 }, (_none, run) => `run-${String(engine)}-${String(run)}`),
    );
    await Promise.all(
      stores.map(async (store, engine) => {
        for (let run = 0; run < 5; run++) {
          await store.save(report(`run-${String(engine)}-${String(run)}`, run));
          expect((await store.list()).broken).toEqual([]);
        }
      }),
    );
    for (const store of [...stores, createStore({ home })]) expect((await ids(store)).sort()).toEqual(wanted);
    expect((await readdir(join(home, 'reports'))).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('the data folder', () => {
  it('is CORELOOM_HOME where that is set, made absolute', () => {
    expect(dataFolder({ CORELOOM_HOME: home })).toBe(home);
    expect(dataFolder({ CORELOOM_HOME: 'here' })).toBe(join(process.cwd(), 'here'));
  });

  it('is the system’s own folder for users’ data else', () => {
    expect(dataFolder({})).toMatch(/coreloom/);
    expect(dataFolder({ CORELOOM_HOME: '' })).toBe(dataFolder({}));
  });

  it('is in the folder of the user that the system knows where the environment names no whole path', () => {
    const usual = dataFolder({}, userInfo().homedir);
    for (const said of ['', '.', 'here']) {
      expect(dataFolder({}, said)).toBe(usual);
      expect(dataFolder({ XDG_DATA_HOME: said, LOCALAPPDATA: said }, said)).toBe(usual);
    }
    expect(isAbsolute(usual)).toBe(true);
  });
});
