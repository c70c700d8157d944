import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStore } from '../../../src/engine/reports/saved-reports';
import { createTrash } from '../../../src/engine/store/trash';
import { makeReport } from '../../fixtures/report';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'coreloom-labels-'));
});
afterEach(async () => {
  await rm(home, { recursive: true, force: true });
});
const report = (id: string) => makeReport({ id }, { cores: 2, workers: { threads: 1 }, elapsedMs: 500 });
const file = (name: string): string => join(home, 'reports', name);

describe('what is written on a report', () => {
  it('is listed with it, also after a restart, and leaves the report as it was', async () => {
    const store = createStore({ home });
    await store.save(report('one'));
    const before = await readFile(file('one.json'));
    await store.list();
    await store.relabel('one', { title: '  Before the change ' });
    await store.relabel('one', { note: 'Laptop on battery.\nSecond line.' });
    for (const any of [store, createStore({ home }), createStore({ home })]) {
      expect((await any.list()).reports).toMatchObject([
        { id: 'one', title: 'Before the change', note: 'Laptop on battery.\nSecond line.' },
      ]);
    }
    expect(await readFile(file('one.json'))).toEqual(before);
  });

  it('is gone where it is emptied', async () => {
    const store = createStore({ home });
    await store.save(report('one'));
    await store.relabel('one', { title: 'x' });
    await store.relabel('one', { title: ' ' });
    expect(await store.label('one')).toEqual({ title: null, note: null });
    expect((await readdir(join(home, 'reports'))).filter((name) => name.endsWith('.label'))).toEqual([]);
    expect((await store.list()).reports[0]).toMatchObject({ title: null });
  });

  it('is nothing where its file is broken, of another kind or over-long', async () => {
    const store = createStore({ home });
    await store.save(report('one'));
    for (const text of [
      '{',
      '[]',
      'null',
      '{"title":7,"note":{"__proto__":1}}',
      `{"title":"${'x'.repeat(100_000)}"}`,
    ]) {
      await writeFile(file('one.label'), text);
      expect(await store.label('one'), text.slice(0, 40)).toEqual({ title: null, note: null });
      expect((await store.list()).reports).toHaveLength(1);
    }
  });

  it.each(['none', '../one', ''])('needs a report: there is none named %j', async (id) => {
    const store = createStore({ home });
    await store.save(report('one'));
    await expect(store.relabel(id, { title: 'x' })).rejects.toMatchObject({ code: 'report-not-found' });
  });
});

describe('the trash', () => {
  it('gives a deleted report back whole, with what was written on it', async () => {
    const store = createStore({ home });
    await store.save(report('one'));
    await store.relabel('one', { title: 'kept' });
    await store.remove('one');
    expect((await store.list()).reports).toEqual([]);
    await expect(store.load('one')).rejects.toMatchObject({ code: 'report-not-found' });
    await store.restore('one');
    expect((await store.list()).reports).toMatchObject([{ id: 'one', title: 'kept' }]);
    expect(await store.load('one')).toEqual(report('one'));
    await expect(store.restore('one')).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('takes broken reports too', async () => {
    const store = createStore({ home });
    await store.save(report('one'));
    await writeFile(file('cut.json'), '{');
    await store.remove('cut');
    expect(await store.list()).toMatchObject({ reports: [{ id: 'one' }], broken: [] });
  });

  it('writes over no report that took the place of the deleted one', async () => {
    const store = createStore({ home });
    await store.save(report('one'));
    await store.remove('one');
    const other = { ...report('one'), finding: 'another' };
    await store.save(other);
    await expect(store.restore('one')).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(/already/) as string,
    });
    expect(await store.load('one')).toEqual(other);
  });

  it('holds nothing of a report that is not there', async () => {
    const store = createStore({ home });
    for (const id of ['none', '../x', '.']) {
      await expect(store.remove(id)).rejects.toMatchObject({ code: 'report-not-found' });
      await expect(store.restore(id)).rejects.toMatchObject({ code: 'report-not-found' });
    }
  });

  it('is emptied of the oldest beyond its number, its bytes and its age, never of the newest', async () => {
    const store = createStore({ home });
    for (const id of ['a', 'b', 'c', 'd']) await store.save(report(id));
    const { size } = await stat(file('a.json'));
    let nowMs = Date.UTC(2026, 0, 1);
    const folder = join(home, 'trash');
    const trash = (limits: { reports?: number; bytes?: number; ageMs?: number }) =>
      createTrash({
        folder,
        reports: join(home, 'reports'),
        limits: { reports: 9, bytes: 1e9, ageMs: 1e9, ...limits },
        now: () => (nowMs += 1000),
      });
    const held = async (): Promise<string[]> => (await readdir(folder)).sort();
    await trash({}).take('a');
    await trash({}).take('b');
    await trash({ reports: 2 }).take('c');
    expect(await held()).toEqual(['b.json', 'c.json']);
    await trash({ bytes: size / 2 }).take('d');
    expect(await held()).toEqual(['d.json']);
    await store.save(report('e'));
    nowMs += 60_000;
    await trash({ ageMs: 10_000 }).take('e');
    expect(await held()).toEqual(['e.json']);
  });

  it('says why nothing can be moved there', async () => {
    const store = createStore({ home });
    await store.save(report('one'));
    await writeFile(join(home, 'trash'), 'a file in its place');
    await expect(store.remove('one')).rejects.toMatchObject({ code: 'not-writable' });
    expect((await store.list()).reports).toHaveLength(1);
  });
});
