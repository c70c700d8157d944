import { NONE_MEANS } from '../../../src/contract';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../../src/contract';
import { renderText } from '../../../src/engine/reports/any-kind';
import { makeHostileReport } from '../../fixtures/hostile-report';
import { makeBigReport, makeReport } from '../../fixtures/report';
import { launchChromium } from '../../support/chromium';

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
const html = (report: Report): string => renderText(report, 'html').content;

describe('the HTML page', () => {
  it('is one file: no script, nothing from outside', () => {
    const text = html(makeReport());
    expect(text).not.toMatch(/<script|<link(?! rel="icon" href="data:)|@import|url\(|\son\w+=/i);
    expect(text.replaceAll('http://www.w3.org/2000/svg', '').match(/https?:\/\//g)).toBeNull();
    expect(text).toContain('<html lang="en">');
  });

  it('stays small with 64 cores and 128 workers', () => {
    expect(html(makeBigReport()).length).toBeLessThan(1_000_000);
  });

  it('says "not available here" where a cause is not known, and draws what is busy all the same', () => {
    const report = makeReport();
    const text = html({ ...report, samples: { ...report.samples, byExecutor: null } });
    expect(text).toContain('The cause is not available here.');
    expect(text).toContain('<path class="other" d="M0 100V');
  });

  it('draws what systeminformation said over each core, and says how far the two were apart', () => {
    const report = makeReport();
    const text = html(report);
    expect(text.match(/<path class="second" d="M[^"]+H[^"]+"/g)).toHaveLength(report.samples.cores.length);
    expect(text).toContain(
      'The kernel and systeminformation were 2 points apart on average, 3.1 points at worst (core 0)',
    );
    expect(text).toContain('Core by core, by two sources');
    const without = html({
      ...report,
      samples: { ...report.samples, crossCheck: { atMs: [], utilization: [], cores: [] } },
    });
    expect(without).toContain('Utilization of the cores from systeminformation is not available here.');
    expect(without).not.toMatch(/NaN|undefined|<path class="second" d="M/);
  });

  it('renders a run that ended before anything was measured', () => {
    const report = makeReport({ outcome: 'cancelled', elapsedMs: 0 }, { elapsedMs: 0, workers: {} });
    const text = html({
      ...report,
      totals: { ...report.totals, throughputPerSecond: 0, cpuMs: null, coresBusy: null },
    });
    expect(text).toContain(NONE_MEANS);
    expect(text).toContain('Utilization is not available here');
    expect(text).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('says how much of the tasks is drawn where some were left out', () => {
    const report = makeReport();
    const text = html({
      ...report,
      thinned: { ...report.thinned, tasks: { seen: 90_000, kept: 4791, method: 'the last ones' } },
    });
    expect(text).toContain('Only saved tasks are drawn: 4,791 of 90,000 (the last ones)');
  });

  it('does not claim that executors agreed where the run failed because they did not', () => {
    const text = html(
      makeReport({ outcome: 'failed', failure: { code: 'checksum-mismatch', message: 'They differ.' } }),
    );
    expect(text).not.toContain('all agree');
  });
});

describe('the HTML page in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
  });

  /** Opens a page from an origin of its own, under the policy as a header too; notes all that it asks for and complains of. */
  async function open(
    text: string,
    viewport = { width: 1240, height: 900 },
  ): Promise<{ page: Page; requests: string[]; complaints: string[] }> {
    const page = await browser.newPage({ viewport });
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.route('**/*', async (route) => {
      requests.push(route.request().url());
      await route.fulfill({
        contentType: 'text/html; charset=utf-8',
        headers: { 'content-security-policy': POLICY },
        body: text,
      });
    });
    await page.goto('http://report.test/');
    return { page, requests: requests.filter((url) => !url.startsWith('data:')), complaints };
  }

  it('asks for nothing, breaks no policy, and draws every core and worker', async () => {
    const report = makeReport();
    const { page, requests, complaints } = await open(html(report));
    expect(requests).toEqual(['http://report.test/']);
    expect(complaints).toEqual([]);
    expect(await page.locator('.cores svg').count()).toBe(16);
    expect(await page.locator('.workers svg').count()).toBe(10);
    const heights = await page
      .locator('.cores li:first-child path')
      .evaluateAll((paths) => paths.map((path) => (path as SVGGraphicsElement).getBBox().height));
    expect(heights[0]).toBeGreaterThan(80);
    await page.close();
  });

  it('keeps hostile text as text', async () => {
    const { page, requests, complaints } = await open(html(makeHostileReport()));
    expect(await page.title()).toMatch(/<script>/);
    expect(await page.locator('script, img').count()).toBe(0);
    expect(await page.locator('body').innerText()).not.toMatch(/[\u202e\u0000]/u);
    expect(requests).toHaveLength(1);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('names every picture for a screen reader', async () => {
    const { page } = await open(html(makeReport()));
    const nameless = await page
      .locator('svg[role=img]')
      .evaluateAll(
        (pictures) => pictures.filter((picture) => !picture.querySelector(':scope > title')?.textContent).length,
      );
    expect(nameless).toBe(0);
    expect(await page.getByRole('img', { name: /core 3: \d+ % of this core busy on average/ }).count()).toBe(1);
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    expect(await page.locator('th:not([scope])').count()).toBe(0);
    await page.close();
  });

  it('opens on paper what is folded on a screen', async () => {
    const { page } = await open(html(makeBigReport()));
    const lastRow = page.locator('details:not([open]) tr').last();
    expect(await lastRow.evaluate((row) => row.checkVisibility())).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await lastRow.evaluate((row) => row.checkVisibility())).toBe(true);
    await page.close();
  });

  it.each([400, 320])('fits a screen %i px wide', async (width) => {
    for (const report of [makeReport(), makeHostileReport()]) {
      const { page } = await open(html(report), { width, height: 800 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await page.close();
    }
  });

  it('is dark or light with the system, and light on paper', async () => {
    const { page } = await open(html(makeReport()));
    const brightness = (): Promise<number> =>
      page.evaluate(() =>
        Math.min(...(getComputedStyle(document.body).backgroundColor.match(/\d+/g) ?? []).slice(0, 3).map(Number)),
      );
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await brightness()).toBeLessThan(40);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await brightness()).toBeGreaterThan(220);
    await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
    expect(await brightness()).toBeGreaterThan(220);
    await page.close();
  });
});
