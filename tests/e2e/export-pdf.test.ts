import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LiveReport } from '../../src/contract';
import { reportJson } from '../../src/engine/reports/any-kind';
import { makeReport } from '../fixtures/report';
import type { DesktopApp } from './support/app';
import { launchDesktop } from './support/desktop';
import { call } from './support/call';

let app: DesktopApp;
beforeAll(async () => {
  app = await launchDesktop();
}, 60_000);
afterAll(() => app.close());

/** Of 3 MB as HTML, where a quotation mark takes six characters: more than Chromium takes in an address. */
const LONG: LiveReport = {
  ...makeReport(),
  id: 'long',
  warnings: Array.from({ length: 250 }, () => '"'.repeat(2_000)),
};

it.each([
  ['a', makeReport()],
  ['a very long', LONG],
])(
  'prints %s report as PDF in a hidden window, which is gone afterwards',
  async (_, made) => {
    const { report } = await call(app.page, 'importReport', { text: reportJson(made) });
    const { fileName, text } = await app.takeExport(async () => {
      void call(app.page, 'exportReport', { id: report.id, format: 'pdf' });
      await Promise.resolve();
    });
    expect(fileName).toBe('coreloom-sha256-2026-11-22T19-05-37.pdf');
    expect(text.slice(0, 5)).toBe('%PDF-');
    await expect.poll(() => app.pages().length).toBe(1);
  },
  60_000,
);
