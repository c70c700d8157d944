import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_IMPORT_BYTES } from '../../../src/contract';
import { createHistory } from '../../../src/engine/reports/history';
import { reportJson } from '../../../src/engine/reports/any-kind';
import { createStore } from '../../../src/engine/reports/saved-reports';
import { makeCompareReport, NODE_SHAPES } from '../../fixtures/compare-report';
import { makeReport } from '../../fixtures/report';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'coreloom-history-'));
});
afterEach(async () => {
  await rm(home, { recursive: true, force: true });
});
const small = (id: string) => makeReport({ id }, { cores: 2, workers: { threads: 1 }, elapsedMs: 500 });
function open() {
  const store = createStore({ home });
  let changes = 0;
  const history = createHistory({ store, changed: () => changes++ });
  return { store, history, changes: () => changes };
}
const files = async (): Promise<string[]> => readdir(join(home, 'reports')).catch(() => []);

describe('the history', () => {
  it('renames, notes, deletes and restores, and tells of each', async () => {
    const { store, history, changes } = open();
    await store.save(small('one'));
    expect(await history.renameReport({ id: 'one', title: 'First' })).toMatchObject({
      id: 'one',
      title: 'First',
      note: null,
    });
    expect(await history.noteReport({ id: 'one', note: 'n' })).toMatchObject({ title: 'First', note: 'n' });
    expect(await history.deleteReport({ id: 'one' })).toBeNull();
    expect(await history.listReports(null)).toEqual({ reports: [], found: 0, saved: 0, broken: [] });
    expect(await history.restoreReport({ id: 'one' })).toMatchObject({ title: 'First', note: 'n' });
    expect(changes()).toBe(4);
  });
});

describe('an import', () => {
  it('stores a report of each kind, and is content where it is there already', async () => {
    const { store, history, changes } = open();
    for (const report of [small('one'), makeCompareReport(NODE_SHAPES)]) {
      expect(await history.importReport({ text: reportJson(report) })).toMatchObject({
        state: 'imported',
        report: { id: report.id, kind: report.kind },
      });
      expect(await store.load(report.id)).toEqual(report);
      expect(await history.importReport({ text: `\uFEFF${JSON.stringify(report)}` })).toMatchObject({ state: 'known' });
    }
    expect(changes()).toBe(2);
  });

  it('refuses another report of an id that is there, and leaves that one alone', async () => {
    const { store, history } = open();
    await store.save(small('one'));
    await expect(
      history.importReport({ text: reportJson({ ...small('one'), finding: 'forged' }) }),
    ).rejects.toMatchObject({ code: 'bad-input' });
    expect(await store.load('one')).toEqual(small('one'));
  });

  const hostile: [string, () => string, RegExp][] = [
    ['no JSON', () => 'hello', /not valid JSON/],
    ['an empty file', () => '', /not valid JSON/],
    ['half a report', () => reportJson(small('one')).slice(0, -40), /not valid JSON/],
    ['another document', () => '{"a":1}', /broken/],
    ['a list', () => '[]', /broken/],
    ['a report of a newer Coreloom', () => JSON.stringify({ ...small('one'), schemaVersion: 99 }), /newer Coreloom/],
    ['an unknown kind', () => JSON.stringify({ ...small('one'), kind: 'party' }), /broken/],
    ['a field more', () => JSON.stringify({ ...small('one'), evil: 1 }), /broken/],
    [
      'prototype keys',
      () =>
        reportJson(small('one')).replace(
          '{',
          '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}},',
        ),
      /broken/,
    ],
    ['lists nested deeply', () => '['.repeat(2_000_000) + ']'.repeat(2_000_000), /deeper than 32/],
    ['objects nested deeply', () => `${'{"a":'.repeat(500_000)}1${'}'.repeat(500_000)}`, /deeper than 32/],
    ['a huge file', () => ' '.repeat(MAX_IMPORT_BYTES + 1), /larger than 32 MiB/],
    ['a path as id', () => JSON.stringify({ ...small('one'), id: '../../evil' }), /saved report|file name/],
    ['a device as id', () => JSON.stringify({ ...small('one'), id: 'nul' }), /saved report|file name/],
  ];
  it.each(hostile)('refuses %s, and stores nothing', async (_what, text, words) => {
    const { history, changes } = open();
    await expect(history.importReport({ text: text() })).rejects.toMatchObject({
      message: expect.stringMatching(words) as string,
    });
    expect(await files()).toEqual([]);
    expect(changes()).toBe(0);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('leaves out a prototype key where any name is a setting', async () => {
    const { store, history } = open();
    await history.importReport({
      text: JSON.stringify(small('one')).replace(
        '"workloadSettings":{}',
        '"workloadSettings":{"__proto__":{"polluted":1}}',
      ),
    });
    expect(await store.load('one')).toEqual(small('one'));
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('counts no bracket within a text', async () => {
    const { history } = open();
    const report = { ...small('one'), finding: `${'['.repeat(100)}"\\${'{'.repeat(100)}` };
    expect(await history.importReport({ text: reportJson(report) })).toMatchObject({ state: 'imported' });
  });
});

describe('reports side by side', () => {
  it('are read with what was written on them, each against the first', async () => {
    const { store, history } = open();
    await store.save({ ...makeCompareReport(NODE_SHAPES), id: 'a' });
    await store.save({ ...makeCompareReport(NODE_SHAPES), id: 'b' });
    await store.relabel('b', { title: 'After' });
    const { reports, flags, figures } = await history.compareReports({ ids: ['a', 'b'] });
    expect(reports.map(({ id, title }) => [id, title])).toEqual([
      ['a', null],
      ['b', 'After'],
    ]);
    expect(flags).toEqual([]);
    expect(figures.find(({ of, name }) => of === 'threads' && name === 'Makespan, median')?.changes[1]).toMatchObject({
      ratio: 1,
    });
  });

  it('must be there', async () => {
    const { store, history } = open();
    await store.save(small('one'));
    await expect(history.compareReports({ ids: ['one', 'none'] })).rejects.toMatchObject({ code: 'report-not-found' });
  });
});
