import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_IMPORT_BYTES, type Report } from '../../../src/contract';
import { ownerName } from '../../../src/engine/system/process-owner';
import { createStore } from '../../../src/engine/reports/saved-reports';
import { makeReport } from '../../fixtures/report';
import { makeScaleReport, SCALE_SHAPES } from '../../fixtures/scale-report';
import { endedOwner, ownerWith } from '../../support/owner';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'coreloom-drafts-'));
});
afterEach(async () => {
  await rm(home, { recursive: true, force: true });
});

const interrupted = (id: string, elapsedMs = 500): Report => ({
  ...makeReport({ id, elapsedMs }, { cores: 2, workers: { threads: 1 }, elapsedMs }),
  outcome: 'interrupted',
  failure: { code: 'interrupted', message: 'Coreloom ended in the middle of it.' },
});
const folder = (): string => join(home, 'reports');
const names = async (): Promise<string[]> => (await readdir(folder())).filter((name) => name !== '.index.json').sort();
const recovered = async (): Promise<string[]> => (await createStore({ home }).recover()).map(({ id }) => id).sort();

/** Leaves the draft of a report by another process. */
async function leave(
  id: string,
  by: string,
  { text = JSON.stringify(interrupted(id)), ending = 'draft' } = {},
): Promise<string> {
  await mkdir(folder(), { recursive: true });
  const path = join(folder(), `.${id}.${by}.${ending}`);
  await writeFile(path, text);
  return path;
}

describe('a draft', () => {
  it('is saved by the next process, once, as it was; nothing else is left of it', async () => {
    const store = createStore({ home });
    await store.draft(interrupted('mine'));
    const [draft = ''] = await names();
    expect(draft).toBe(`.mine.${ownerName()}.draft`);
    if (process.platform !== 'win32') expect((await stat(join(folder(), draft))).mode & 0o777).toBe(0o600);
    expect(await recovered()).toEqual([]);
    await rename(join(folder(), draft), join(folder(), draft.replace(ownerName(), endedOwner())));
    await leave('mine', endedOwner(), { ending: 'part', text: '{"half' });
    expect(await recovered()).toEqual(['mine']);
    expect(await createStore({ home }).load('mine')).toEqual(interrupted('mine'));
    expect(await recovered()).toEqual([]);
    expect(await names()).toEqual(['mine.json']);
  });

  it('is told by every way to use the reports', async () => {
    for (const use of ['list', 'save'] as const) {
      await leave('one', endedOwner());
      const store = createStore({ home });
      if (use === 'list')
        expect((await store.list()).reports.map(({ id, outcome }) => [id, outcome])).toEqual([['one', 'interrupted']]);
      else await store.save(makeReport({ id: 'another' }));
      expect((await store.recover()).map(({ id }) => id)).toEqual(['one']);
      await rm(join(folder(), 'one.json'));
    }
  });

  it('is saved by exactly one of many that look at the same moment', async () => {
    for (const id of ['a', 'b', 'c']) await leave(id, endedOwner());
    const found = await Promise.all(Array.from({ length: 8 }, recovered));
    expect(found.flat().sort()).toEqual(['a', 'b', 'c']);
    expect(await names()).toEqual(['a.json', 'b.json', 'c.json']);
  });

  it('is removed by a save, and says nothing where its report was saved', async () => {
    const store = createStore({ home });
    await store.draft(interrupted('one'));
    await store.save(makeReport({ id: 'one' }));
    expect(await names()).toEqual(['one.json']);
    await leave('one', endedOwner());
    expect(await recovered()).toEqual([]);
    expect(await names()).toEqual(['one.json']);
    expect((await createStore({ home }).load('one')).outcome).toBe('completed');
  });

  it('that says more than an interrupted report takes its place', async () => {
    await createStore({ home }).save(interrupted('one', 500));
    await leave('one', endedOwner(), { text: JSON.stringify(interrupted('one', 400)) });
    expect(await recovered()).toEqual([]);
    await leave('one', endedOwner(), { text: JSON.stringify(interrupted('one', 600)) });
    expect(await recovered()).toEqual(['one']);
    expect((await createStore({ home }).load('one')).elapsedMs).toBe(600);
  });

  it('of scaling gets its laws and its finding when it is saved', async () => {
    const whole = makeScaleReport(SCALE_SHAPES);
    const text = JSON.stringify({
      ...whole,
      outcome: 'interrupted',
      failure: interrupted('x').failure,
      finding: '',
      curves: whole.curves.map((curve) => ({ ...curve, fits: [] })),
    });
    await leave(whole.id, endedOwner(), { text });
    expect(await recovered()).toEqual([whole.id]);
    const saved = await createStore({ home }).load(whole.id);
    expect(saved.kind === 'scale' && saved.curves.map(({ fits }) => fits.map(({ law }) => law))).toEqual(
      whole.curves.map(({ points }) => (points.length < 3 ? [] : ['amdahl', 'usl'])),
    );
    expect(saved.finding).not.toBe('');
  });
});

describe('whose draft it is', () => {
  const linux = process.platform === 'linux';

  it('is left alone while its process lives, or cannot be seen from here', async () => {
    await leave('lives', ownerName());
    await leave('elsewhere', ownerWith({ machine: '000000' }));
    await leave('container', ownerWith({ namespace: '1' }));
    expect(await recovered()).toEqual([]);
    expect(await names()).toHaveLength(3);
  });

  it('is gone with the machine’s start, and with a number that another process has by now', async () => {
    await leave('rebooted', ownerWith({ boot: '000000' }));
    if (linux) await leave('reused', ownerWith({ start: '1' }));
    expect(await recovered()).toEqual(['rebooted', ...(linux ? ['reused'] : [])].sort());
  });

  it('counts as gone after ten silent minutes where it cannot be seen', async () => {
    const path = await leave('container', ownerWith({ namespace: '1' }));
    const before = new Date(Date.now() - 11 * 60_000);
    await utimes(path, before, before);
    expect(await recovered()).toEqual(['container']);
  });
});

describe('what is no draft', () => {
  it('is refused quietly: half, empty, foreign, of another id, of another outcome, too large', async () => {
    await leave('half', endedOwner(), { text: JSON.stringify(interrupted('half')).slice(0, 300) });
    await leave('empty', endedOwner(), { text: '' });
    await leave('foreign', endedOwner(), { text: '{"schemaVersion":3,"id":"foreign"}' });
    await leave('other', endedOwner(), { text: JSON.stringify(interrupted('another')) });
    await leave('ended', endedOwner(), { text: JSON.stringify(makeReport({ id: 'ended' })) });
    await leave('deep', endedOwner(), { text: '['.repeat(1e6) });
    await leave('large', endedOwner(), { text: ' '.repeat(MAX_IMPORT_BYTES + 1) });
    expect(await recovered()).toEqual([]);
    expect(await createStore({ home }).list()).toEqual({ reports: [], broken: [] });
    expect(await names()).toEqual([]);
  });

  it('of a newer Coreloom waits for that', async () => {
    await leave('newer', endedOwner(), { text: JSON.stringify({ ...interrupted('newer'), schemaVersion: 99 }) });
    expect(await recovered()).toEqual([]);
    expect(await names()).toEqual([`.newer.${ownerName()}.draft`]);
  });

  it('is no link, no folder and no name that leads elsewhere', async () => {
    await leave('link', endedOwner());
    const target = join(home, 'target');
    await writeFile(target, JSON.stringify(interrupted('linked')));
    await symlink(target, join(folder(), `.linked.${endedOwner()}.draft`));
    await mkdir(join(folder(), `.folder.${endedOwner()}.draft`));
    await leave('nul', endedOwner());
    expect(await recovered()).toEqual(['link']);
    expect(JSON.parse(await readFile(target, 'utf8'))).toMatchObject({ id: 'linked' });
  });

  it.skipIf(process.getuid?.() !== 0)('is no file of another user', async () => {
    const { chown } = await import('node:fs/promises');
    await chown(await leave('theirs', endedOwner()), 65534, 65534);
    expect(await recovered()).toEqual([]);
  });
});

describe('a place that takes no report', () => {
  it('is told before something is measured', async () => {
    await createStore({ home }).check();
    expect(await names()).toEqual([]);
    await writeFile(join(home, 'file'), '');
    await expect(createStore({ home: join(home, 'file') }).check()).rejects.toMatchObject({ code: 'not-writable' });
    await expect(createStore({ home: '/proc/self' }).check()).rejects.toMatchObject({ code: 'not-writable' });
  });
});
