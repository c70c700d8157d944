import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { makeScorecardReport } from '../../fixtures/scorecard-report';
import { factsOf } from '../fake/machine';
import { FAKE_DEFAULTS, type FakeOptions } from '../fake/options';
import { pagesOf } from '../with-page';

const SMALL: Partial<FakeOptions> = { cores: 4, historyMs: 2000 };
const { machine } = factsOf({ ...FAKE_DEFAULTS, ...SMALL });
const asked = (page: Page, name: string): Promise<unknown> =>
  page.evaluate((wanted) => window.fakeEngine?.calls.findLast((call) => call.name === wanted)?.argument, name);
const text = (page: Page, testid: string): Promise<string | null> => page.getByTestId(testid).textContent();

describe('the Scorecard view', () => {
  const withPage = pagesOf(SMALL, 'scorecard');

  test('measures all claims, shows what is being measured, and whether each holds', () =>
    withPage({}, async (page) => {
      await page.getByTestId('experiment-start').click();
      expect(await asked(page, 'startExperiment')).toEqual({ kind: 'scorecard', quick: true });
      await page.waitForSelector('[data-testid="scorecard-parts"] [data-state="measured"]');
      await page.getByTestId('scorecard-tally').waitFor();
      expect(await text(page, 'scorecard-tally')).toBe('10 of 11 hold here, 1 not shown');
      expect(await page.getByTestId('claim-races').getAttribute('data-holds')).toBe('not-shown');
      expect(await text(page, 'claim-cpu-bound')).toContain('Python: 0.988 × [0.968, 1.007] at 2');
    }));

  test('keeps the rows that were measured where it is stopped', () =>
    withPage({ experiment: { kind: 'scorecard', quick: false } }, async (page) => {
      await page.getByTestId('experiment-stop').waitFor();
      expect(await page.getByTestId('scorecard-pace-quick').count()).toBe(0);
      await page.waitForSelector('[data-testid="claim-execution"][data-holds="yes"]');
      expect(await text(page, 'claim-hand-over')).toContain('not yet');
      await page.getByTestId('experiment-stop').click();
      await page.getByTestId('experiment-cancelled').waitFor();
      await page.getByTestId('claim-execution').waitFor();
      expect(await text(page, 'claim-hand-over')).toContain('not measured');
    }));

  test('says in every window what a claim was measured by', async () => {
    for (const width of [1600, 1024, 390]) {
      await withPage(
        { saved: [makeScorecardReport({ machine })] },
        async (page) => {
          await page.getByTestId('claim-execution').waitFor();
          const told = page.getByText('process ids of the workers that did the work').locator('visible=true');
          expect(await told.count(), `in ${String(width)} px`).toBe(1);
        },
        { viewport: { width, height: 800 } },
      );
    }
  });

  test('is read on a phone, claim by claim', () =>
    withPage(
      { saved: [makeScorecardReport({ machine })] },
      async (page) => {
        await page.getByTestId('claim-execution').waitFor();
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      },
      { viewport: { width: 390, height: 800 } },
    ));
});
