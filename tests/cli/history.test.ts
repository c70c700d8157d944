import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { reportJson } from '../../src/engine/reports/any-kind';
import { createStore } from '../../src/engine/reports/saved-reports';
import { makeCompareReport, NODE_SHAPES } from '../fixtures/compare-report';
import { makeReport } from '../fixtures/report';
import { findChromium } from '../support/chromium';
import { temporaryFolder } from '../support/folder';
import { inProcess, type Outcome } from './in-process';

let home = '';
const live = makeReport({ id: 'live-one' }, { cores: 2, workers: { threads: 1, processes: 0 }, elapsedMs: 500 });
const compare = { ...makeCompareReport(NODE_SHAPES), id: 'compare-one', startedAt: '2026-12-01T00:00:00.000Z' };
beforeEach(async () => {
  home = temporaryFolder();
  const store = createStore({ home });
  await store.save(live);
  await store.save(compare);
});

const said = (args: string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> => inProcess(args, { home, env });

describe('coreloom history', () => {
  it('lists, searches and sorts what is saved, in words and as JSON', async () => {
    const all = await said(['history']);
    expect(all.code).toBe(0);
    expect(all.out.indexOf('compare-one')).toBeLessThan(all.out.indexOf('live-one'));
    expect(all.out).toContain('2 of 2 saved.');
    expect(all.out).toMatch(/^live-one +live +1 thread +500 ms/m);
    const found = await said(['history', '--kind', 'live', '--search', 'threads', '--json']);
    expect(JSON.parse(found.out)).toMatchObject({ reports: [{ id: 'live-one' }], found: 1, saved: 2 });
    expect((await said(['history', '--search', 'nothing like it'])).out).toBe('No saved report matches.\n');
    expect((await said(['history', '--limit', '1', '--sort', 'elapsed', '--order', 'ascending'])).out).toMatch(
      /live-one[^]*1 of 2 shown/,
    );
  });

  it('names, notes, deletes, restores and imports', async () => {
    expect((await said(['history', 'rename', 'latest', 'before the change'])).out).toBe(
      'Named compare-one (before the change)\n',
    );
    expect((await said(['history', 'note', 'live-one', 'on battery'])).code).toBe(0);
    expect((await said(['history', '--search', 'battery', '--json'])).out).toContain('"live-one"');
    expect((await said(['history', 'delete', 'live-one'])).out).toMatch(/restore live-one moves it back/);
    expect((await said(['history'])).out).not.toContain('live-one');
    expect((await said(['history', 'restore', 'live-one'])).code).toBe(0);
    const file = join(home, 'other.json');
    writeFileSync(file, reportJson({ ...live, id: 'other' }));
    expect((await said(['history', 'import', file])).out).toBe('Imported other\n');
    expect((await said(['history', 'import', file])).out).toBe('other is already saved.\n');
  });

  it('sets reports side by side, with what makes it mean little', async () => {
    const { out, code } = await said(['history', 'diff', 'compare-one', 'live-one']);
    expect(code).toBe(0);
    expect(out).toMatch(/kind: Kind of report: live, not compare\./);
    expect(out).toMatch(/Start-up of a worker/);
  });

  it.each([
    [['history', 'renme', 'x'], /Did you mean "rename"/],
    [['history', 'rename', 'live-one'], /rename needs 2 arguments/],
    [['history', 'rename', 'live-one', 'two\nlines'], /Title must be one line/],
    [['history', 'delete', 'none'], /There is no saved report "none"/],
    [['history', 'diff', 'live-one'], /Give two to four report ids/],
    [['history', 'diff', 'live-one', 'live-one'], /each report once/],
    [['history', '--sort', 'titel'], /Did you mean title/],
    [['history', 'delete', 'live-one', '--limit', '3'], /--limit applies only to the list/],
    [['report', 'none'], /There is no saved report "none"/],
    [['report', 'latest', '--format', 'htm'], /did you mean html/],
    [['report', 'latest', '--format', 'html,csv'], /More than one format needs an existing folder/],
    [['report', 'latest', '--format', 'trace'], /only live runs keep/],
    [['report', './none.json'], /does not exist or cannot be read/],
  ])('refuses %j with exit code 2 and one sentence', async (args, words) => {
    const { code, err, out } = await said(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(words);
  });
});

describe('coreloom report', () => {
  it('shows a report by its id, as latest, and from a file', async () => {
    expect((await said(['report', 'latest'])).out).toContain(compare.finding);
    const file = join(home, 'copy.json');
    writeFileSync(file, reportJson(live));
    expect((await said(['report', file])).out).toBe((await said(['report', 'live-one'])).out);
  });

  it.runIf(process.platform === 'linux')('says which file it cannot read', async () => {
    // A regular file to look at, and an error of the disk to read.
    expect(await said(['report', '/proc/self/mem'])).toMatchObject({
      code: 2,
      err: 'coreloom: "/proc/self/mem" cannot be read (EIO: i/o error, read): give the path of a JSON report that you can read.\n',
    });
  });

  it('exports to standard output, to a file by its ending, and several into a folder', async () => {
    expect((await said(['report', 'live-one', '--format', 'json'])).out).toBe(reportJson(live));
    const file = join(home, 'r.trace.json');
    expect((await said(['report', 'live-one', '--export', file])).out).toBe(`Wrote ${file}\n`);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ displayTimeUnit: 'ms' });
    const folder = join(home, 'exports');
    mkdirSync(folder);
    await said(['report', 'live-one', '--format', 'html,csv,samples.csv,md,trace', '--export', folder]);
    expect(
      readdirSync(folder)
        .map((name) => name.replace(/^[^.]*/, ''))
        .sort(),
    ).toEqual(['.csv', '.html', '.md', '.samples.csv', '.trace.json']);
  });

  it('prints a PDF with an installed browser, and says so where there is none', async () => {
    const { path, env } = await findChromium();
    const file = join(home, 'r.pdf');
    const printed = await said(['report', 'live-one', '--export', file], { ...env, CORELOOM_CHROMIUM: path });
    expect(printed).toMatchObject({ code: 0, err: '' });
    expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');
  });
});
