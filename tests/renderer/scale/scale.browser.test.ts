import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { drawScaleReport } from '../fake/experiments/scale-report';
import { factsOf } from '../fake/machine';
import { FAKE_DEFAULTS, type FakeOptions } from '../fake/options';
import { pagesOf } from '../with-page';

const SMALL: Partial<FakeOptions> = { cores: 4, historyMs: 2000 };
const withPage = pagesOf(SMALL, 'scale');
const asked = (page: Page, name: string): Promise<unknown> =>
  page.evaluate((wanted) => window.fakeEngine?.calls.findLast((call) => call.name === wanted)?.argument, name);
const text = (page: Page, testid: string): Promise<string | null> => page.getByTestId(testid).textContent();
const saved = drawScaleReport(undefined, { machine: factsOf({ ...FAKE_DEFAULTS, ...SMALL }).machine });

describe('the Scaling view', () => {
  test('asks for what is chosen, shows points as they come, and then advice, laws and residuals', () =>
    withPage({}, async (page) => {
      await page.getByTestId('scale-empty').waitFor();
      await page.getByTestId('scale-max').fill('8');
      await page.getByTestId('scale-max').press('Enter');
      await page.getByTestId('contender-processes').click();
      await page.getByTestId('experiment-start').click();
      expect(await asked(page, 'startExperiment')).toEqual({
        kind: 'scale',
        workload: 'sha256',
        taskMs: 4,
        executors: ['threads'],
        max: 8,
      });
      await page.waitForSelector('[data-testid="scale-plot"] [data-series="threads"]:not([data-points="0"])');
      await page.getByTestId('scale-advice').waitFor();
      expect(await page.getByTestId('advice-threads').getAttribute('data-workers')).toBe('4');
      expect(await text(page, 'advice-threads')).toContain('Past 4 workers a further one adds less than 2 %.');
      expect(await text(page, 'advice-threads')).toContain('none fits');
      expect(await page.getByTestId('law-threads-usl').getAttribute('data-fits')).toBe('false');
      expect(await text(page, 'law-threads-usl')).toContain('does not fit');
      await page.getByTestId('residual-plot').waitFor();
      await page.getByTestId('scale-table').getByText('4 · recommended').waitFor();
      expect(await text(page, 'scale-setup')).toContain('all agree');
    }));

  test('chooses an executor of the report that is shown, also where the last one had others', () =>
    withPage({ python: '3.13' }, async (page) => {
      const chosen = page.getByTestId('scale-table').locator('[aria-pressed="true"], input:checked');
      const scale = async (): Promise<void> => {
        await page.getByTestId('experiment-start').click();
        await page.getByTestId('scale-advice').waitFor();
      };
      await scale();
      await expect.poll(() => chosen.count()).toBe(1);
      await page.getByTestId('contender-threads').click();
      await scale();
      await expect.poll(() => page.getByTestId('scale-table').getByText('Threads', { exact: true }).count()).toBe(0);
      expect(await chosen.count()).toBe(1);
    }));

  test('says beside the chart what the law says that fits, in any window', async () => {
    const fitting = drawScaleReport(
      [{ executor: 'threads', single: 250, contention: 0.03, coherency: 0.0004, cores: 4 }],
      { machine: saved.machine },
    );
    for (const viewport of [
      { width: 1280, height: 800 },
      { width: 1024, height: 700 },
    ]) {
      await withPage(
        { saved: [fitting] },
        async (page) => {
          expect(await text(page, 'advice-threads')).toMatch(/contention0\.0300coherency0\.000400$/);
          const plot = await page.getByTestId('scale-plot').boundingBox();
          expect((plot?.y ?? 0) + (plot?.height ?? 0)).toBeLessThan(viewport.height);
        },
        { viewport },
      );
    }
  });

  test('reads a point beneath the pointer, and stop by stop with the keys', () =>
    withPage({ saved: [saved] }, async (page) => {
      const plot = page.getByTestId('scale-plot');
      await plot.locator('svg').first().focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      expect(await text(page, 'plot-readout')).toMatch(/^2 workersthreads1\.98 × \[1\.94, 2\.02\]/);
      await page.getByTestId('scale-measure-throughput').check({ force: true });
      await plot.hover({ position: { x: 120, y: 100 } });
      expect(await text(page, 'plot-readout')).toMatch(/threads[\d.,]+ \/s \[/);
    }));

  test('a page that is opened in the middle shows the experiment that is on', () =>
    withPage(
      { experiment: { kind: 'scale', workload: 'primes', executors: ['processes'], max: 8, taskMs: 4 } },
      async (page) => {
        await page.getByTestId('experiment-stop').waitFor();
        expect(await page.getByTestId('contender-threads').isChecked()).toBe(false);
        expect(await page.getByTestId('scale-max').inputValue()).toBe('8');
        await page.getByTestId('experiment-stop').click();
        await page.getByTestId('experiment-cancelled').waitFor();
        await page.getByTestId('scale-chart').waitFor();
      },
    ));
});
