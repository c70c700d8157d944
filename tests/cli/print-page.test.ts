import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkPrinter, printPage } from '../../src/cli/print-page';
import { renderText } from '../../src/engine/reports/any-kind';
import { makeReport } from '../fixtures/report';
import { findChromium } from '../support/chromium';

let folder = '';
const before = process.env['TMPDIR'];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coreloom-print-test-'));
});
afterEach(async () => {
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
  await rm(folder, { recursive: true, force: true });
});

it('prints a report with a real Chromium, and leaves nothing behind', async () => {
  const { path, env } = await findChromium();
  Object.assign(process.env, env, { TMPDIR: folder });
  const pdf = Buffer.from(await printPage(renderText(makeReport(), 'html').content, path));
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(pdf.subarray(-64).toString('latin1')).toContain('%%EOF');
  // Tagged, so that a screen reader finds headings and tables.
  expect(pdf.toString('latin1')).toContain('/StructTreeRoot');
  expect(
    (await readdir(folder)).filter((name) => name.startsWith('coreloom-print-') && !name.includes('test')),
  ).toEqual([]);
});

it('says in one sentence that there is no browser, that it is none, or that it ended', async () => {
  expect(() => {
    checkPrinter(null);
  }).toThrow(/needs an installed Chrome, Chromium or Edge/);
  await expect(printPage('x', null)).rejects.toMatchObject({ code: 'not-available' });
  await expect(printPage('x', join(folder, 'none'))).rejects.toMatchObject({
    code: 'not-available',
    message: expect.stringMatching(/could not print the PDF/) as string,
  });
  await expect(printPage('x', process.execPath)).rejects.toMatchObject({
    code: 'not-available',
    message: expect.stringMatching(/could not print the PDF/) as string,
  });
});
