import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { pagesOf } from '../with-page';

const withPage = pagesOf({ cores: 8 });
const changes = (page: Page): Promise<unknown[]> =>
  page.evaluate(() =>
    (window.fakeEngine?.calls ?? []).filter(({ name }) => name === 'changeAppSettings').map(({ argument }) => argument),
  );
const background = (page: Page): Promise<string> =>
  page.evaluate(() => getComputedStyle(document.body).backgroundColor);

describe('the settings', () => {
  test('open by the button and by the keyboard, and close by Escape', () =>
    withPage({}, async (page) => {
      const dialog = page.getByTestId('settings-dialog');
      await page.getByTestId('settings').click();
      expect(await dialog.isVisible()).toBe(true);
      await page.keyboard.press('Escape');
      expect(await dialog.isVisible()).toBe(false);
      await page.keyboard.press(',');
      expect(await dialog.isVisible()).toBe(true);
      expect(await page.getByTestId('data-folder').innerText()).toBe('/home/drawn/.local/share/coreloom');
    }));

  test('change the colours at once, also those of another page', () =>
    withPage({}, async (page) => {
      expect(await background(page)).toBe('rgb(13, 16, 20)');
      await page.getByTestId('settings').click();
      await page.getByText('light', { exact: true }).click();
      expect(await background(page)).toBe('rgb(238, 241, 244)');
      expect(await changes(page)).toEqual([{ theme: 'light' }]);
      await page.evaluate(() => {
        const settings = {
          theme: 'dark',
          sampleHz: 10,
          workers: {},
          coreSource: 'both',
          notify: true,
          last: null,
        } as const;
        window.fakeEngine?.emit({ type: 'app-settings-changed', settings });
      });
      await expect.poll(() => background(page)).toBe('rgb(13, 16, 20)');
    }));

  test('keep what was last chosen, without asking', () =>
    withPage({}, async (page) => {
      await page.getByTestId('count-threads').fill('5');
      await page.getByTestId('count-threads').press('Enter');
      await expect
        .poll(() => changes(page))
        .toEqual([{ last: expect.objectContaining({ view: 'live', workers: { threads: 5, processes: 2 } }) }]);
    }));

  test('keep counts to begin with, and give them back', () =>
    withPage({}, async (page) => {
      await page.getByTestId('settings').click();
      const entry = page.getByTestId('usual-threads');
      await entry.fill('3');
      await entry.press('Enter');
      await entry.fill('');
      await entry.press('Enter');
      expect(await changes(page)).toEqual([{ workers: { threads: 3 } }, { workers: {} }]);
    }));

  test('and the card of the cores have one choice of the source', () =>
    withPage({}, async (page) => {
      await page.getByTestId('cores-card').getByText('kernel 10 Hz').click();
      expect(await changes(page)).toEqual([{ coreSource: 'kernel' }]);
      await page.getByTestId('settings').click();
      expect(await page.getByTestId('settings-source-kernel').isChecked()).toBe(true);
    }));
});
