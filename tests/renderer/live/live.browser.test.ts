import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { FakeOptions } from '../fake/options';
import { pagesOf } from '../with-page';

const RUN: FakeOptions['run'] = { workload: 'sha256', workers: { threads: 3, processes: 2 }, taskMs: 40 };

const withPage = pagesOf({ cores: 8 });

const calls = (page: Page, name: string): Promise<unknown[]> =>
  page.evaluate(
    (wanted) => window.fakeEngine?.calls.filter((call) => call.name === wanted).map((call) => call.argument) ?? [],
    name,
  );
const attribute = (page: Page, testid: string, name: string): Promise<string | null> =>
  page.getByTestId(testid).getAttribute(name);
const until = (page: Page, selector: string): Promise<unknown> => page.waitForSelector(selector, { state: 'attached' });

describe('the Live view', () => {
  test('shows what is there before the first run, under the policy of production', () =>
    withPage({}, async (page) => {
      await until(page, '[data-testid="cores"][data-cores="8"]');
      expect(await page.getByTestId('status').textContent()).toBe('idle');
      await page.getByTestId('workload-card-sha256').waitFor();
      expect(await page.getByTestId('export').isDisabled()).toBe(true);
      expect(await page.getByTestId('finding').textContent()).toBe('Choose workers and start.');
      expect(await page.getByTestId('latency-p50').count()).toBe(0);
    }));

  test('starts, shows a row for each worker, stops and offers the report', () =>
    withPage({}, async (page) => {
      await page.getByTestId('workload-card-primes').click();
      await page.getByTestId('count-threads').fill('3');
      await page.getByTestId('count-threads').press('Enter');
      await page.getByTestId('start').click();
      await until(page, '[data-testid="workers"][data-rows="5"]');
      expect(await calls(page, 'startExperiment')).toEqual([
        { kind: 'live', workload: 'primes', workers: { threads: 3, processes: 2 }, taskMs: 4 },
      ]);
      await page.getByTestId('stop').click();
      await until(page, '[data-testid="status"][data-phase="ended"]');
      await page.getByTestId('export').click();
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export-html').click()]);
      expect(download.suggestedFilename()).toBe('coreloom.html');
      expect(await calls(page, 'exportReport')).toEqual([{ id: 'report-1', format: 'html' }]);
    }));

  test('begins a run on a phone with the sliders and the cores in view, and gives the settings back after it', () =>
    withPage(
      {},
      async (page) => {
        await page.getByTestId('workload-card-primes').click();
        await page.getByTestId('end-seconds').scrollIntoViewIfNeeded();
        await page.getByTestId('start').click();
        await until(page, '[data-testid="status"][data-phase="running"]');
        for (const testid of ['slider-threads', 'slider-processes', 'cores']) {
          const box = await page.getByTestId(testid).boundingBox();
          expect(box?.y).toBeGreaterThan(0);
          expect((box?.y ?? 844) + (box?.height ?? 0)).toBeLessThan(760);
        }
        await page.getByTestId('stop').click();
        await page.getByTestId('workload-card-primes').waitFor();
      },
      { viewport: { width: 390, height: 844 } },
    ));

  test('lists the states of workers that occur, and no others', () =>
    withPage({ run: RUN }, async (page) => {
      const states = page.getByTestId('workers-card').locator('[data-state]');
      await states.filter({ hasText: 'waiting for work' }).waitFor();
      expect(await states.allTextContents()).toEqual(['waiting for work']);
    }));

  test('a slider that is dragged while a run is on changes the number of rows', () =>
    withPage({ run: RUN }, async (page) => {
      await until(page, '[data-testid="workers"][data-rows="5"]');
      const box = await page.getByTestId('slider-threads').boundingBox();
      if (!box) throw new Error('The slider has no box.');
      const y = box.y + box.height / 2;
      const knob = 8;
      const at = (count: number): number =>
        box.x + knob + ((box.width - 2 * knob) * Math.log2(count + 1)) / Math.log2(33);
      await page.mouse.move(at(3), y);
      await page.mouse.down();
      await page.mouse.move(at(16), y, { steps: 12 });
      await page.mouse.up();
      await until(page, '[data-testid="workers"][data-rows="18"]');
      expect(await page.getByTestId('count-threads').inputValue()).toBe('16');
      expect((await calls(page, 'updateExperiment')).at(-1)).toEqual({ workers: { threads: 16 } });
    }));

  test('reads what stands beneath the pointer, and stops when it leaves', () =>
    withPage({ run: RUN }, async (page) => {
      await until(page, '[data-testid="workers"][data-rows="5"]');
      await page.getByTestId('workers').hover({ position: { x: 700, y: 8 } });
      expect(await page.getByTestId('readout').textContent()).toMatch(/^T1 · \d+\.\d\d s into the run/);
      await page.getByTestId('cores').hover({ position: { x: 165, y: 30 } });
      expect(await page.getByTestId('readout').textContent()).toMatch(
        /^core 0 · .*busy[\d.]+ %by systeminformation[\d.]+ %clock[\d.]+ GHztemperature\d+ °C$/,
      );
      await page.getByTestId('throughput').hover({ position: { x: 700, y: 30 } });
      expect(await page.getByTestId('readout').textContent()).toMatch(/threads[\d.]+ \/s/);
      await page.getByTestId('stop').hover();
      expect(await page.getByTestId('readout').count()).toBe(0);
    }));

  test('the rows of the workers are zoomed, moved back, pinned and followed again while the run goes on', () =>
    withPage({ run: RUN }, async (page) => {
      await until(page, '[data-testid="workers"][data-rows="5"]');
      const workers = page.getByTestId('workers');
      const windowMs = async (): Promise<number> => Number(await attribute(page, 'workers', 'data-window-ms'));
      const box = await workers.boundingBox();
      if (!box) throw new Error('The rows have no place.');
      await page.mouse.move(box.x + box.width / 2, box.y + 10);
      await page.keyboard.down('Control');
      await page.mouse.wheel(0, -300);
      await page.keyboard.up('Control');
      await expect.poll(windowMs).toBeLessThan(6000);
      expect(await attribute(page, 'workers', 'data-pinned')).toBe('false');
      await page.mouse.down();
      await page.mouse.move(box.x + box.width / 2 + 120, box.y + 10, { steps: 4 });
      await page.mouse.up();
      await until(page, '[data-testid="workers"][data-pinned="true"]');
      const blocks = Number(await attribute(page, 'workers', 'data-blocks'));
      await expect.poll(async () => Number(await attribute(page, 'workers', 'data-blocks'))).toBeGreaterThan(blocks);
      await page.getByTestId('pin').click();
      await until(page, '[data-testid="workers"][data-pinned="false"]');
      const rows = page.getByRole('group', { name: /^Rows of the workers/ });
      await rows.press('ArrowLeft');
      await until(page, '[data-testid="workers"][data-pinned="true"]');
      expect(await page.getByTestId('count-threads').inputValue()).toBe(String(RUN?.workers.threads));
      await rows.press('End');
      await until(page, '[data-testid="workers"][data-pinned="false"]');
      const before = await windowMs();
      await rows.press('-');
      await expect.poll(windowMs).toBeGreaterThan(before);
    }));

  test('more than 40 workers are strips with a frame, and no canvas is higher than its view', () =>
    withPage(
      { cores: 64, run: { workload: 'sha256', workers: { threads: 64, processes: 64 }, taskMs: 40 } },
      async (page) => {
        await until(page, '[data-testid="workers"][data-rows="128"]');
        const strips = page.getByTestId('worker-strips');
        await strips.waitFor();
        const heights = await page.locator('canvas').evaluateAll((all) => all.map((one) => one.clientHeight));
        expect(Math.max(...heights)).toBeLessThan(860);
        const rows = page.getByRole('group', { name: /^Rows of the workers/ });
        const scrolled = (): Promise<number> => rows.evaluate((one) => one.scrollTop);
        const box = await strips.boundingBox();
        await strips.click({ position: { x: 40, y: (box?.height ?? 0) - 20 } });
        await expect.poll(scrolled).toBeGreaterThan(100);
        await page.getByTestId('lane-order').selectOption('together');
        await until(page, '[data-testid="workers"][data-rows="128"]');
      },
    ));

  test('a reload after a run ended shows its figures again', () =>
    withPage({ run: RUN, end: 'completed' }, async (page) => {
      const figures = (row: string): Promise<string[]> =>
        page.getByTestId(`row-${row}`).locator('td').allTextContents();
      for (const row of ['per-worker', 'memory', 'on-core', 'waiting']) {
        for (const figure of await figures(row)) expect(figure.trim()).toMatch(/\d/);
      }
      expect(Number(await attribute(page, 'throughput', 'data-points'))).toBeGreaterThan(20);
    }));

  test('a run with failed tasks says so in red, beneath as well', () =>
    withPage({ run: RUN }, async (page) => {
      await until(page, '[data-testid="workers"][data-rows="5"]');
      await page.evaluate(() => window.fakeEngine?.end('tasks-failed'));
      await until(page, '[data-testid="status"][data-outcome="tasks-failed"] .lamp.bad');
      expect(await page.getByTestId('status').textContent()).toMatch(/^tasks failed /);
      expect(await attribute(page, 'finding', 'class')).toContain('failed');
    }));

  test('a reload in the middle of a run shows the run again', () =>
    withPage({ run: RUN }, async (page) => {
      await until(page, '[data-testid="workers"][data-rows="5"]');
      expect(Number(await attribute(page, 'workers', 'data-blocks'))).toBeGreaterThan(100);
      expect(Number(await attribute(page, 'cores', 'data-busy-percent'))).toBeGreaterThan(30);
      expect(await page.getByTestId('slider-processes').inputValue()).toBe('2');
      await page.getByTestId('stop').waitFor();
    }));
});
