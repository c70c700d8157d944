import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { FakeOptions } from '../fake/options';
import { pagesOf } from '../with-page';

const RUN: FakeOptions['run'] = { workload: 'sha256', workers: { threads: 3, processes: 2 }, taskMs: 40 };

const withPage = pagesOf({ cores: 8 });
const phase = (page: Page, name: string): Promise<unknown> =>
  page.waitForSelector(`[data-testid="status"][data-phase="${name}"]`);
const focused = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['testid']);

describe('the keyboard', () => {
  test('starts and stops by Space where no control takes it, also on a slider', () =>
    withPage({}, async (page) => {
      await page.keyboard.press('Space');
      await phase(page, 'running');
      await page.getByTestId('slider-threads').focus();
      await page.keyboard.press('Space');
      await phase(page, 'ended');
    }));

  test('leaves Space to a control that takes it', () =>
    withPage({}, async (page) => {
      await page.getByTestId('window-2000').focus();
      await page.keyboard.press('Space');
      expect(await page.getByTestId('window-2000').getAttribute('aria-pressed')).toBe('true');
      expect(await page.getByTestId('status').getAttribute('data-phase')).toBe('idle');
    }));

  test('nudges threads by the arrows, processes with Shift, and the slider that has the focus', () =>
    withPage({}, async (page) => {
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Shift+ArrowLeft');
      expect(await page.getByTestId('count-threads').inputValue()).toBe('3');
      expect(await page.getByTestId('count-processes').inputValue()).toBe('1');
      await page.getByTestId('slider-processes').focus();
      await page.keyboard.press('ArrowRight');
      expect(await page.getByTestId('count-processes').inputValue()).toBe('2');
      expect(await page.getByTestId('count-threads').inputValue()).toBe('3');
    }));

  test('takes a typed count within the limits, and shows again what holds where it is no number', () =>
    withPage({}, async (page) => {
      const entry = page.getByTestId('count-threads');
      await entry.fill('9999');
      await entry.press('Enter');
      expect(await entry.inputValue()).toBe('32');
      await entry.fill('many');
      await entry.press('Enter');
      expect(await entry.inputValue()).toBe('32');
      await entry.press('ArrowDown');
      expect(await entry.inputValue()).toBe('31');
      expect(await page.getByTestId('slider-threads').inputValue()).toBe('31');
    }));

  test('gives a typed count back by Escape, and takes it where the entry is left', () =>
    withPage({}, async (page) => {
      const entry = page.getByTestId('count-threads');
      await entry.fill('7');
      await entry.press('Escape');
      expect(await entry.inputValue()).toBe('2');
      await entry.blur();
      expect(await page.getByTestId('slider-threads').inputValue()).toBe('2');
      await entry.fill('7');
      await entry.blur();
      expect(await page.getByTestId('slider-threads').inputValue()).toBe('7');
    }));

  test('gives a number back by Escape in a dialog, which the next Escape closes', () =>
    withPage({}, async (page) => {
      await page.getByTestId('settings').click();
      const entry = page.getByTestId('usual-threads');
      await entry.fill('3');
      await entry.press('Escape');
      expect(await entry.inputValue()).toBe('');
      expect(await page.getByTestId('settings-dialog').isVisible()).toBe(true);
      await entry.press('Escape');
      expect(await page.getByTestId('settings-dialog').isVisible()).toBe(false);
    }));

  test('opens the export menu by E, walks it and leaves it by Escape', () =>
    withPage({ run: RUN, end: 'completed' }, async (page) => {
      await page.keyboard.press('e');
      await page.getByTestId('export-html').waitFor();
      await expect.poll(() => focused(page)).toBe('export-html');
      await page.keyboard.press('ArrowDown');
      expect(await focused(page)).toBe('export-pdf');
      await page.keyboard.press('End');
      expect(await focused(page)).toBe('export-trace');
      await page.keyboard.press('Escape');
      expect(await focused(page)).toBe('export');
    }));

  test('opens views by their numbers, also while a run is on, and leaves digits to an entry', () =>
    withPage({ run: RUN }, async (page) => {
      await page.keyboard.press('3');
      await page.getByTestId('compare').waitFor();
      expect(await page.getByTestId('status').getAttribute('data-phase')).toBe('running');
      await page.keyboard.press('7');
      await page.getByTestId('history').waitFor();
      // History runs nothing: there Space stops no run.
      await page.keyboard.press('Space');
      await page.keyboard.press('9');
      await page.getByTestId('history').waitFor();
      await page.keyboard.press('2');
      expect(await page.getByTestId('status').getAttribute('data-phase')).toBe('running');
      await page.getByTestId('count-threads').press('3');
      await page.getByTestId('cores').waitFor();
    }));

  test('shows the keys by ? and hides them by Escape', () =>
    withPage({}, async (page) => {
      await page.keyboard.press('?');
      await page.getByTestId('keys-dialog').waitFor({ state: 'visible' });
      await page.keyboard.press('Space');
      await page.getByTestId('keys-dialog').waitFor({ state: 'hidden' });
      await page.keyboard.press('?');
      await page.keyboard.press('Escape');
      await page.getByTestId('keys-dialog').waitFor({ state: 'hidden' });
      expect(await page.getByTestId('status').getAttribute('data-phase')).toBe('idle');
    }));

  test('reaches every control by Tab, each with a name', () =>
    withPage({ run: RUN, end: 'completed' }, async (page) => {
      const reached = new Set<string>();
      for (let step = 0; step < 40; step++) {
        await page.keyboard.press('Tab');
        const one = await page.evaluate(() => {
          const element = document.activeElement as HTMLElement | null;
          const label = element?.closest('label');
          return {
            id: element?.dataset['testid'] ?? label?.dataset['testid'],
            name: element?.getAttribute('aria-label') ?? (label ?? element)?.textContent.trim(),
          };
        });
        if (one.id) {
          expect(one.name).not.toBe('');
          reached.add(one.id);
        }
      }
      for (const id of [
        'tab-live',
        'workload-card-sha256',
        'task-length',
        'slider-threads',
        'count-processes',
        'end-seconds',
        'start',
        'export',
        'keys',
      ])
        expect(reached).toContain(id);
    }));
});

describe('the picture', () => {
  test('keeps everything inside the window at every size', async () => {
    for (const viewport of [
      { width: 800, height: 600 },
      { width: 1024, height: 640 },
      { width: 3840, height: 2160 },
    ]) {
      await withPage(
        { run: RUN },
        async (page) => {
          const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          expect(over).toBeLessThanOrEqual(0);
          for (const id of ['stop', 'cores', 'slider-processes']) await page.getByTestId(id).waitFor();
          const stop = await page.getByTestId('stop').boundingBox();
          expect((stop?.y ?? 0) + (stop?.height ?? 0)).toBeLessThanOrEqual(viewport.height);
        },
        { viewport },
      );
    }
  });

  test('follows the system from dark to light', () =>
    withPage({ run: RUN }, async (page) => {
      const corner = (): Promise<number> =>
        page.getByTestId('throughput').evaluate((canvas: HTMLCanvasElement) => {
          const copy = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
          copy?.drawImage(canvas, 1, 1, 1, 1, 0, 0, 1, 1);
          return copy?.getImageData(0, 0, 1, 1).data[0] ?? -1;
        });
      expect(await corner()).toBeLessThan(60);
      await page.emulateMedia({ colorScheme: 'light' });
      await expect.poll(corner).toBeGreaterThan(200);
    }));

  test('keeps the colours of executors and shows what is chosen where the system gives all colours', () =>
    withPage(
      { run: RUN },
      async (page) => {
        const style = (selector: string, property: string): Promise<string> =>
          page
            .locator(selector)
            .first()
            .evaluate((found, name) => getComputedStyle(found).getPropertyValue(name), property);
        expect(await style('[data-testid="slider-threads"]', 'forced-color-adjust')).toBe('none');
        expect(await style('[data-testid="cores-card"] .dot', 'background-color')).toBe('rgb(86, 180, 233)');
        for (const chosen of ['nav [aria-current]', '[data-testid="window-10000"]'])
          expect(await style(chosen, 'outline-style')).toBe('solid');
        await page.getByTestId('stop').click();
        await page.getByTestId('workload-card-sha256').waitFor();
        expect(await style('[data-testid="workload-card-sha256"]', 'outline-style')).toBe('solid');
      },
      { forcedColors: 'active' },
    ));

  test('steps once a second where less motion is asked for', () =>
    withPage(
      { run: RUN },
      async (page) => {
        const frames = await page.evaluate(async () => {
          let moves = 0;
          const draw = CanvasRenderingContext2D.prototype.drawImage;
          CanvasRenderingContext2D.prototype.drawImage = function (this: CanvasRenderingContext2D, ...args: unknown[]) {
            moves++;
            Reflect.apply(draw, this, args);
          } as typeof draw;
          await new Promise((resolve) => setTimeout(resolve, 2500));
          return moves;
        });
        expect(frames).toBeGreaterThan(0);
        expect(frames).toBeLessThanOrEqual(10);
      },
      { reducedMotion: 'reduce' },
    ));

  test('says that a core’s cause is not available here rather than none', () =>
    withPage({ attribution: false }, async (page) => {
      await page.getByText('what used them is not available here').waitFor();
    }));

  test('shows a limit that binds', () =>
    withPage({ quotaCpus: 1.5 }, async (page) => {
      expect(await page.getByTestId('limits').textContent()).toContain('1.5 of 8 cores can be used.');
    }));

  test('shows how much memory a cgroup grants', () =>
    withPage({ memoryLimit: 512e6 }, async (page) => {
      expect(await page.getByTestId('limits').textContent()).toContain(
        '488 MiB of 29.8 GiB memory can be used: the cgroup limit in /sys/fs/cgroup/memory.max.',
      );
    }));
});
