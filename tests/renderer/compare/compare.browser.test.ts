import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { makeCompareReport, NODE_SHAPES } from '../../fixtures/compare-report';
import { factsOf } from '../fake/machine';
import { FAKE_DEFAULTS, type FakeOptions } from '../fake/options';
import { pagesOf } from '../with-page';

const SMALL: Partial<FakeOptions> = { cores: 4, historyMs: 2000 };
const ON: FakeOptions['experiment'] = {
  kind: 'compare',
  workload: 'primes',
  executors: ['sequential', 'threads'],
  workers: 3,
  taskMs: 4,
};

const withPage = pagesOf(SMALL, 'compare');
const asked = (page: Page, name: string): Promise<unknown> =>
  page.evaluate((wanted) => window.fakeEngine?.calls.findLast((call) => call.name === wanted)?.argument, name);
const text = (page: Page, testid: string): Promise<string | null> => page.getByTestId(testid).textContent();

describe('the Compare view', () => {
  test('asks for what is chosen, shows medians as they come, and then the whole result', () =>
    withPage({}, async (page) => {
      await page.getByTestId('compare-empty').waitFor();
      await page.getByTestId('workload-card-primes').click();
      await page.getByTestId('compare-workers').fill('3');
      await page.getByTestId('compare-rounds').fill('8');
      await page.getByTestId('compare-rounds').press('Enter');
      await page.getByTestId('compare-precise').click();
      await page.getByTestId('experiment-start').click();
      await page.getByTestId('experiment-progress').waitFor();
      // Nothing of it can be chosen while it is on.
      expect(await page.getByTestId('workload-card-sort').count()).toBe(0);
      expect(await text(page, 'workload-about')).toBe('Primes');
      // Nobody chose how long a task is to be.
      expect(await page.getByText(/tasks of about|asked for/).count()).toBe(0);
      expect(await asked(page, 'startExperiment')).toEqual({
        kind: 'compare',
        workload: 'primes',
        executors: ['sequential', 'threads', 'processes'],
        workers: 3,
        rounds: 8,
        precise: true,
      });
      await page.waitForSelector('[data-testid="bar-threads"]:not([data-median-ms=""])');
      expect(await text(page, 'experiment-step')).toMatch(/^Measuring, \d+ rounds$/);

      // While it is on: what stands of each pair, and what is measured later.
      await page.getByTestId('time-parts-later').waitFor();
      expect(await text(page, 'time-parts-later')).toContain('It is measured after the verdict');
      expect(await page.getByTestId('pair-threads-sequential').count()).toBe(1);

      await page.getByTestId('time-parts').waitFor();
      expect(await text(page, 'experiment-finding')).toContain(
        'Primes. Threads are 1.95 × [1.91, 1.99] as fast as sequential.',
      );
      expect(await text(page, 'experiment-warning')).toContain('busy with something else');
      expect(await text(page, 'median-threads')).toBe('204 ms[200, 208]');
      expect(await page.getByTestId('pair-processes-threads').getAttribute('data-verdict')).toBe('no-difference');
      expect(await text(page, 'pair-processes-threads')).toContain('not told apart');
      expect(await page.getByTestId('parts-of-threads').getAttribute('aria-label')).toMatch(
        /^Threads: Start-up 50 ms, .*; the whole 264 ms$/,
      );
      expect(await page.getByTestId('core-use-threads').locator('[role=img]').getAttribute('aria-label')).toBe(
        'Threads × 3: 2.93 of 4 cores busy, 2.93 of them by its workers: core 0 97 %, core 1 97 %, core 2 97 %, core 3 1.9 %',
      );
      expect(await text(page, 'outlier')).toContain('No measured value explains it.');
      expect(await text(page, 'checksums')).toContain('all agree');
    }));

  test('paints in the colour of a contender what its workers used of the cores, and nothing of others', () => {
    // It waits, while something else fills the machine.
    const waits = makeCompareReport(
      [
        { contender: 'sequential', makespanMs: 400, workers: 1, coresBusy: 0.02, besides: 1.9 },
        { contender: 'threads', makespanMs: 204, coresBusy: 0.04, besides: 1.9 },
      ],
      { machine: machine() },
    );
    return withPage({ saved: [waits] }, async (page) => {
      const heights = (by: string): Promise<number[]> =>
        page
          .getByTestId('core-use-threads')
          .locator(`path[data-by="${by}"]`)
          .evaluateAll((paths) => paths.map((path) => (path as SVGPathElement).getBBox().height));
      await page.getByTestId('core-use').waitFor();
      expect(Math.max(...(await heights('own')))).toBeLessThan(3);
      expect(Math.max(...(await heights('other')))).toBeGreaterThan(30);
      await page.getByTestId('core-use').getByText('everything else').waitFor();
    });
  });

  test('draws the parts of each life so that they fill its bar', () =>
    withPage({ saved: [makeCompareReport(NODE_SHAPES, { machine: machine() })] }, async (page) => {
      await page.getByTestId('time-parts').waitFor();
      const widths = await page
        .getByTestId('parts-of-threads')
        .locator('.part')
        .evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().width));
      const whole = await page.getByTestId('parts-of-threads').evaluate((bar) => bar.getBoundingClientRect().width);
      expect(widths).toHaveLength(7);
      expect(widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(whole, 0);
    }));

  test('shows the last saved comparison of this machine, and says when it was measured', () =>
    withPage({ saved: [makeCompareReport(NODE_SHAPES, { machine: machine() })] }, async (page) => {
      await page.getByText(/The last comparison, measured 22 Nov/).waitFor();
      await page.getByTestId('export').click();
      await Promise.all([page.waitForEvent('download'), page.getByTestId('export-json').click()]);
      expect(await asked(page, 'exportReport')).toEqual({ id: '20261122-190537-sha256-c0ffee', format: 'json' });
    }));

  test('does not show the comparison of another machine', () =>
    withPage({ saved: [makeCompareReport(NODE_SHAPES)] }, async (page) => {
      await page.waitForFunction(() => window.fakeEngine?.calls.some(({ name }) => name === 'getReport'));
      await page.getByTestId('compare-empty').waitFor();
    }));

  test('a page that is opened in the middle shows the comparison that is on, with its settings', () =>
    withPage({ experiment: ON }, async (page) => {
      await page.getByTestId('experiment-stop').waitFor();
      expect(await page.getByTestId('compare-workers').inputValue()).toBe('3');
      expect(await page.getByTestId('contender-processes').isChecked()).toBe(false);
      expect(await text(page, 'workload-about')).toBe('Primes');
      expect(await text(page, 'task-measured')).toMatch(/asked for 4 ms|tasks of about 4 ms/);
      await page.getByTestId('tab-live').click();
      expect(await text(page, 'reason')).toBe('A comparison is in progress: stop it in its own view first.');
      expect(await page.getByTestId('start').isDisabled()).toBe(true);
      await page.getByTestId('tab-compare').click();
      await page.getByTestId('experiment-stop').waitFor();
    }));

  test('keeps what was measured where it is stopped, or fails', () =>
    withPage({ experiment: ON }, async (page) => {
      await page.getByTestId('experiment-stop').click();
      await page.getByTestId('experiment-cancelled').waitFor();
      await page.getByTestId('pairs').waitFor();
      await page.keyboard.press('Space');
      await page.getByTestId('experiment-progress').waitFor();
      await page.evaluate(() => window.fakeEngine?.endExperiment('failed'));
      expect(await text(page, 'experiment-failure')).toContain('disagree on the checksum');
      expect(await text(page, 'checksums')).toContain('the same work was not done');
    }));

  test('says what keeps it from starting', () =>
    withPage({ run: { workload: 'sha256', workers: { threads: 1 }, taskMs: 40 } }, async (page) => {
      expect(await text(page, 'experiment-reason')).toBe('A live run is in progress: stop it in its own view first.');
      await page.evaluate(() => window.fakeEngine?.end('completed'));
      await page.getByTestId('experiment-reason').waitFor({ state: 'detached' });
      for (const name of ['threads', 'processes']) await page.getByTestId(`contender-${name}`).click();
      expect(await text(page, 'experiment-reason')).toBe('Choose at least two executors.');
      await page.keyboard.press('Space');
      expect(await asked(page, 'startExperiment')).toBeUndefined();
    }));

  test('keeps its settings while other views are looked at, and its place over a reload', () =>
    withPage({}, async (page) => {
      await page.getByTestId('compare-tasks').fill('77');
      await page.getByTestId('compare-tasks').press('Enter');
      await page.getByTestId('compare-task-ms').fill('2.5');
      await page.getByTestId('compare-task-ms').press('Enter');
      await page.getByTestId('contender-processes').click();
      await page.getByTestId('tab-live').click();
      await page.getByTestId('cores').waitFor();
      await page.getByTestId('tab-compare').click();
      expect(await page.getByTestId('compare-tasks').inputValue()).toBe('77');
      expect(await page.getByTestId('compare-task-ms').inputValue()).toBe('2.5');
      expect(await page.getByTestId('contender-processes').isChecked()).toBe(false);
      await page.reload();
      await page.getByTestId('compare').waitFor();
    }));

  test('has tasks of the length that is asked for, and leaves it to the engine where none is', () =>
    withPage({}, async (page) => {
      await page.getByTestId('compare-task-ms').fill('2.5');
      await page.getByTestId('compare-task-ms').press('Enter');
      await page.keyboard.press('Escape');
      await page.getByTestId('experiment-start').click();
      await page.getByTestId('experiment-stop').waitFor();
      expect(await asked(page, 'startExperiment')).toMatchObject({ kind: 'compare', taskMs: 2.5 });
    }));

  test('keeps the frame of the page where it is in a low window', () =>
    withPage(
      { experiment: ON },
      async (page) => {
        await page.evaluate(() => window.fakeEngine?.endExperiment('completed'));
        await page.getByTestId('pairs').waitFor();
        expect(
          await page.evaluate(() => [
            document.documentElement.scrollHeight - innerHeight,
            document.documentElement.scrollTop,
            document.querySelector('header')?.getBoundingClientRect().top,
          ]),
        ).toEqual([0, 0, 0]);
      },
      { viewport: { width: 720, height: 450 } },
    ));

  test('draws bars that can be read in a small window, with every figure beside them', () =>
    withPage(
      { saved: [makeCompareReport(NODE_SHAPES, { machine: machine() })] },
      async (page) => {
        await page.getByTestId('pairs').waitFor();
        const row = page.getByTestId('bar-threads');
        expect((await row.locator('.track').boundingBox())?.width).toBeGreaterThan(600);
        for (const cell of await row.locator('td').all()) expect(await cell.isVisible()).toBe(true);
      },
      { viewport: { width: 1024, height: 700 } },
    ));

  test('is read on a phone without scrolling sideways', () =>
    withPage(
      { saved: [makeCompareReport(NODE_SHAPES, { machine: machine() })] },
      async (page) => {
        await page.getByTestId('pairs').waitFor();
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
        const speedUp = await page.getByTestId('bar-threads').locator('td').nth(2).boundingBox();
        expect((speedUp?.x ?? 390) + (speedUp?.width ?? 0)).toBeLessThanOrEqual(390);
        const verdict = await page.getByTestId('pair-threads-sequential').locator('td').last().boundingBox();
        expect((verdict?.x ?? 390) + (verdict?.width ?? 0)).toBeLessThanOrEqual(376);
      },
      { viewport: { width: 390, height: 800 } },
    ));
});

function machine() {
  return factsOf({ ...FAKE_DEFAULTS, ...SMALL }).machine;
}
