import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { reportJson } from '../../src/engine/reports/any-kind';
import { createStore } from '../../src/engine/reports/saved-reports';
import { makeCompareReport, NODE_SHAPES } from '../fixtures/compare-report';
import { makeReport } from '../fixtures/report';
import { suiteFolder } from '../support/folder';
import type { App } from './support/app';
import { launchWeb } from './support/web';

const home = suiteFolder();
let app: App;
let page: Page;
beforeAll(async () => {
  const store = createStore({ home });
  const live = makeReport({}, { cores: 2, workers: { threads: 1 }, elapsedMs: 500 });
  for (let run = 0; run < 60; run++)
    await store.save({
      ...live,
      id: `run-${String(run)}`,
      startedAt: new Date(Date.UTC(2026, 0, 1) + run * 3_600_000).toISOString(),
    });
  await store.save({ ...makeCompareReport(NODE_SHAPES), id: 'before', startedAt: '2026-12-01T00:00:00.000Z' });
  const slower = NODE_SHAPES.map((shape) =>
    shape.contender === 'threads' ? { ...shape, makespanMs: shape.makespanMs * 1.2 } : shape,
  );
  await store.save({
    ...makeCompareReport(slower),
    id: 'after',
    startedAt: '2026-12-02T00:00:00.000Z',
    machine: { ...live.machine, cpuModel: 'Processor' },
  });
  app = await launchWeb({ home });
  page = app.page;
  await page.getByTestId('tab-history').click();
}, 60_000);
afterAll(() => app.close());

const rows = () => page.locator('[data-report]');
const shot = (name: string): Promise<unknown> =>
  process.env['SHOTS'] ? page.screenshot({ path: join(process.env['SHOTS'], `${name}.png`) }) : Promise.resolve();

it('lists page by page, searches and sorts', async () => {
  await expect.poll(() => rows().count()).toBe(50);
  expect(await rows().first().getAttribute('data-report')).toBe('after');
  await shot('history');
  await page.getByTestId('page-on').click();
  await expect.poll(() => rows().count()).toBe(12);
  await page.getByTestId('history-search').fill('2026-12-01');
  await expect.poll(() => rows().count()).toBe(1);
  expect(await page.getByTestId('history-count').textContent()).toBe('1 of 62 saved');
  await page.getByTestId('history-search').fill('');
  await page.getByTestId('sort-started').click();
  await expect.poll(() => rows().first().getAttribute('data-report')).toBe('run-0');
  expect(await page.locator('th[aria-sort="ascending"]').count()).toBe(1);
  await page.getByTestId('sort-started').click();
});

it('renames in place with the keyboard, and takes a deletion back', async () => {
  const row = page.locator('[data-report="before"]');
  await row.getByRole('button', { name: /^Rename/ }).click();
  await page.keyboard.type('Before the change');
  await page.keyboard.press('Enter');
  await row.getByRole('button', { name: 'Before the change', exact: true }).waitFor();
  await row.getByRole('button', { name: /^Delete/ }).click();
  await expect.poll(() => row.count()).toBe(0);
  await page.getByTestId('notice-action').click();
  await row.getByRole('button', { name: 'Before the change', exact: true }).waitFor();
});

it('opens a report, keeps a note on it, and exports it', async () => {
  await page.locator('[data-report="before"] button.name').click();
  await page.getByTestId('reading-note').fill('On the charger.');
  await page.getByTestId('reading-title').focus();
  await page.locator('[data-report="before"] .note').waitFor();
  expect(await page.getByTestId('reading').textContent()).toContain('Executor by executor');
  await shot('history-reading');
  const { text } = await app.takeExport(async () => {
    await page.getByTestId('export').click();
    expect(await page.getByTestId('export-trace').count()).toBe(0);
    await page.getByTestId('export-json').click();
  });
  expect(JSON.parse(text)).toMatchObject({ id: 'before' });
  expect(JSON.parse(readFileSync(join(home, 'reports', 'before.label'), 'utf8'))).toEqual({
    title: 'Before the change',
    note: 'On the charger.',
  });
});

it('sets two side by side, the first chosen first, and says in what they are unlike', async () => {
  for (const id of ['before', 'after']) await page.locator(`[data-report="${id}"] input[type=checkbox]`).check();
  await page.getByTestId('history-compare').click();
  const side = page.getByTestId('side-by-side');
  expect(await side.getByTestId('flags').textContent()).toMatch(/B Processor: Processor, not/);
  expect(await side.textContent()).toMatch(/1\.20 ×\s*higher/);
  await shot('history-side-by-side');
  await page.setViewportSize({ width: 820, height: 640 });
  await shot('history-small');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1360, height: 860 });
  await shot('history-light');
  await page.emulateMedia({ colorScheme: 'dark' });
});

it('gives what was opened the whole screen of a phone, and the list back after it', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  expect((await page.getByTestId('side-by-side').boundingBox())?.height).toBeGreaterThan(700);
  await page.getByRole('button', { name: 'Close the comparison' }).click();
  await rows().first().waitFor();
  await page.setViewportSize({ width: 1360, height: 860 });
});

it('imports a file once it was checked, and says what is wrong with others', async () => {
  const [good, bad] = [join(home, 'good.json'), join(home, 'bad.json')];
  // Larger than a command may be otherwise.
  const text = reportJson(makeReport({ id: 'imported' }));
  expect(text.length).toBeGreaterThan(64 * 1024);
  writeFileSync(good, text);
  writeFileSync(bad, '{"schemaVersion": 99}');
  await page.getByTestId('history-file').setInputFiles([good]);
  await page.locator('[data-report="imported"]').waitFor();
  await page.getByTestId('history-file').setInputFiles([bad]);
  await page.getByTestId('notice-error').waitFor();
  expect(await page.getByTestId('notice-error').textContent()).toContain('newer Coreloom');
});
