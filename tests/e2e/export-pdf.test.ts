import { afterAll, beforeAll, expect, it } from 'vitest';
import { reportJson } from '../../src/engine/report';
import { makeReport } from '../fixtures/report';
import { launchDesktop, type DesktopApp } from './support/app';
import { call } from './support/call';

let app: DesktopApp;
beforeAll(async () => {
  app = await launchDesktop();
}, 60_000);
afterAll(() => app.close());

it('prints a report as PDF in a hidden window, which is gone afterwards', async () => {
  const { report } = await call(app.page, 'importReport', { text: reportJson(makeReport()) });
  const { fileName, text } = await app.takeExport(async () => {
    void call(app.page, 'exportReport', { id: report.id, format: 'pdf' });
    await Promise.resolve();
  });
  expect(fileName).toBe('coreloom-sha256-2026-11-22T19-05-37.pdf');
  expect(text.slice(0, 5)).toBe('%PDF-');
  expect(app.pages()).toHaveLength(1);
}, 60_000);
