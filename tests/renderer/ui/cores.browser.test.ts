import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { CrossCheck } from '../../../src/contract';
import type { FakeOptions } from '../fake/options';
import { pagesOf } from '../with-page';

const RUN: FakeOptions['run'] = { workload: 'sha256', workers: { threads: 3, processes: 2 }, taskMs: 40 };
const withPage = pagesOf({ cores: 8, run: RUN });

const drawnAs = (page: Page, bars: string, printed: string): Promise<unknown> =>
  page.waitForSelector(`[data-testid="cores"][data-bars="${bars}"][data-printed="${printed}"]`, { state: 'attached' });
const foot = async (page: Page): Promise<string> => (await page.getByTestId('cores-apart').textContent())?.trim() ?? '';
const shares = (page: Page): Promise<(number | null)[]> =>
  page
    .getByTestId('core-shares')
    .locator('li')
    .evaluateAll((items) =>
      items
        .map((item) => item.getAttribute('data-share'))
        .map((share) => (share === '' || share === null ? null : Number(share))),
    );
/** Readings of the last seconds, as the fake engine keeps them. */
const readings = (page: Page): Promise<CrossCheck[]> =>
  page.evaluate(async () => {
    const reply = await window.coreloom?.call('getState', null);
    return reply?.ok
      ? (reply.value as { samples: { crossCheck: CrossCheck | null }[] }).samples
          .flatMap((sample) => sample.crossCheck ?? [])
          .slice(-4)
      : [];
  });

describe('clock and temperature', () => {
  test('stand in the header, of the cores that are busy, and under the pointer of each', () =>
    withPage({}, async (page) => {
      await expect.poll(() => page.getByTestId('clock').textContent()).toMatch(/^\s*4\.1 GHz · 8\d °C\s*$/);
      const box = await page.getByTestId('cores').boundingBox();
      if (!box) throw new Error('The cores have no box.');
      await page.mouse.move(box.x + 150, box.y + 40);
      await page.getByTestId('cores-card').getByText('4.1 GHz').waitFor();
      expect(await page.getByTestId('clock-missing').count()).toBe(0);
    }));

  test('are said not to be available where no sensor tells them', () =>
    withPage({ clock: 'none' }, async (page) => {
      await page.getByTestId('clock-missing').waitFor();
      expect(await page.getByTestId('clock-missing').textContent()).toBe('Clock and temperature: not available here');
      expect(await page.getByTestId('clock').count()).toBe(0);
    }));
});

describe('the card of the cores', () => {
  test('prints what systeminformation said, over the history of the kernel, and how far the two were apart', () =>
    withPage({}, async (page) => {
      await drawnAs(page, 'kernel', 'systeminformation');
      await expect
        .poll(async () => {
          const printed = JSON.stringify(await shares(page));
          return (await readings(page)).some(({ utilization }) => JSON.stringify(utilization) === printed);
        })
        .toBe(true);
      expect(await foot(page)).toMatch(/^1\.2 points apart on average, 1\.2 points at worst \(core \d\), last minute$/);
      expect(await page.getByTestId('cores-apart').getAttribute('data-far')).toBe('false');
    }));

  test('is drawn whole from either source, by the keyboard too, and stays so in other views', () =>
    withPage({}, async (page) => {
      await page.getByTestId('core-source-both').focus();
      await page.keyboard.press('ArrowRight');
      await drawnAs(page, 'kernel', 'kernel');
      expect(await page.getByTestId('cores-card').getByText('systeminformation', { exact: true }).count()).toBe(0);
      await page.keyboard.press('ArrowRight');
      await drawnAs(page, 'systeminformation', 'systeminformation');
      expect(await page.getByTestId('cores').getAttribute('aria-label')).toContain(
        'systeminformation does not report what used them',
      );
      await page
        .getByRole('radiogroup', { name: 'Source of the utilization' })
        .getByRole('radio', { name: 'systeminformation 1 Hz', checked: true })
        .waitFor();
      await page.getByTestId('tab-history').click();
      await page.getByTestId('cores').waitFor({ state: 'detached' });
      await page.getByTestId('tab-live').click();
      await drawnAs(page, 'systeminformation', 'systeminformation');
    }));

  test('says so where the two are far apart', () =>
    withPage({ apart: 0.083 }, async (page) => {
      await page.waitForSelector('[data-testid="cores-apart"][data-far="true"]');
      expect(await foot(page)).toMatch(/^The two sources disagree: 8\.3 points apart/);
      await page.getByRole('alert', { name: 'The kernel and systeminformation disagree' }).waitFor();
    }));

  test('draws the kernel alone where systeminformation gives nothing, and says that', () =>
    withPage({ sources: 'kernel' }, async (page) => {
      await drawnAs(page, 'kernel', 'kernel');
      await page.waitForSelector('[data-testid="cores-apart"][data-missing="true"]');
      expect(await foot(page)).toBe('systeminformation gives no data here: the percentages are the kernel’s.');
      await page.getByTestId('core-source-systeminformation').check({ force: true });
      await drawnAs(page, 'kernel', 'kernel');
      expect((await shares(page)).every((share) => share !== null)).toBe(true);
    }));

  test('draws the kernel’s percentages where systeminformation has stopped, and says for how long', () =>
    withPage({ sources: 'systeminformation-stopped' }, async (page) => {
      await drawnAs(page, 'kernel', 'kernel');
      expect(await foot(page)).toMatch(
        /^No data from systeminformation for \d+ s: the percentages are the kernel’s\.$/,
      );
    }));

  test('draws systeminformation alone where the kernel’s counters are not there, and says that', () =>
    withPage({ sources: 'systeminformation' }, async (page) => {
      await drawnAs(page, 'systeminformation', 'systeminformation');
      expect(await foot(page)).toMatch(/^The kernel’s counters are not available here/);
      await page.waitForSelector('[data-testid="cores"][data-cores="8"]');
      await page.getByTestId('core-source-kernel').check({ force: true });
      await drawnAs(page, 'systeminformation', 'systeminformation');
    }));

  test('has a number for each of many cores', () =>
    withPage(
      { cores: 256 },
      async (page) => {
        await drawnAs(page, 'kernel', 'systeminformation');
        await page.waitForSelector('[data-testid="cores"][data-cores="256"]');
        expect(await page.getByTestId('core-shares').locator('li').count()).toBe(256);
        expect(await foot(page)).toMatch(/points apart/);
      },
      { reducedMotion: 'reduce' },
    ));

  test('reads a core of a heat map by pointer and keyboard, in a row of its own', () =>
    withPage({ cores: 256, topology: { packages: 2, nodes: 2 } }, async (page) => {
      const row = page.getByTestId('core-reading');
      await drawnAs(page, 'kernel', 'systeminformation');
      expect(await row.textContent()).toContain('Point at a core');
      await page.getByTestId('cores').press('ArrowRight');
      await expect.poll(() => row.textContent()).toMatch(/^Core 128 ?package 0, node 0, shares a core with 0/);
      expect(await row.textContent()).toMatch(/everything else [\d.]+ %.*systeminformation [\d.]+ %.*\d\.\d GHz/);
      expect(await page.getByRole('status').filter({ hasText: 'core 128' }).count()).toBe(1);
      await page.getByTestId('cores').blur();
      await expect.poll(() => row.textContent()).toContain('Point at a core');
      await page.getByTestId('core-heat-minute').check({ force: true });
      await page.getByTestId('cores').hover({ position: { x: 120, y: 40 } });
      await expect.poll(() => row.textContent()).toMatch(/^Core \d+ ?−\d+(\.\d)? s/);
    }));

  test('reads a history by the keyboard', () =>
    withPage({}, async (page) => {
      await drawnAs(page, 'kernel', 'systeminformation');
      await page.getByTestId('cores').press('ArrowDown');
      await expect.poll(() => page.getByTestId('readout').textContent()).toMatch(/^core 4 · /);
      await page.getByTestId('cores').press('ArrowLeft');
      await expect.poll(() => page.getByTestId('readout').textContent()).toMatch(/^core 3 · /);
    }));
});
