import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { pagesOf } from '../with-page';

const withPage = pagesOf({ cores: 2, python: '3.13' }, 'answer');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong in the view, by its rules. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe: runner } = window as unknown as {
      axe: { run(within: string): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const found = await runner.run('[data-testid="answer"]');
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}

/** Starts the one that is chosen, and waits until it has ended. */
async function answered(page: Page): Promise<void> {
  await page.getByTestId('answer-start').click();
  await page.getByTestId('answer-next').waitFor({ timeout: 60_000 });
}

describe('the Answer view', () => {
  test('asks what the work is, offers examples of each, and says how long it takes', () =>
    withPage({}, async (page) => {
      expect(await page.getByTestId('answer-takes').textContent()).toMatch(/About 38\.0 s|About 38 s/);
      await page.getByTestId('question-waits').click();
      expect(await page.getByTestId('answer-workload-sleep').count()).toBe(1);
      expect(await page.getByTestId('answer-workload-sha256').count()).toBe(0);
      await page.getByTestId('question-size').click();
      await page.getByTestId('answer-for-python').uncheck();
      expect(await page.getByTestId('answer-takes').textContent()).toContain('About 25');
      await page.getByTestId('question-own').click();
      expect(await page.getByTestId('answer-start').isDisabled()).toBe(true);
      expect(await page.getByTestId('answer-reason').textContent()).toBe('Choose a module.');
      await page.getByTestId('question-computes').click();
      expect(await page.getByTestId('answer-start').isDisabled()).toBe(false);
      expect(await violations(page)).toEqual([]);
    }));

  test('fills the same frame while it is found, then says what to use, why, and what next', () =>
    withPage({}, async (page) => {
      await page.getByTestId('answer-start').click();
      await page.getByTestId('answer-stop').waitFor();
      expect(await page.getByTestId('answer-step').textContent()).toMatch(/^\d\d:\d\d · /);
      await page.getByTestId('answer-next').waitFor({ timeout: 60_000 });
      expect((await page.getByTestId('answer-node').textContent())?.trim()).toBe(
        'Use 2 threads: 1.92 × [1.86, 1.98] one worker; processes do as well here and cost more; a third worker adds nothing.',
      );
      expect(await page.getByTestId('answer-python').textContent()).toContain('In Python, use 2 processes');
      expect(await page.getByTestId('answer-bars-node-processes').count()).toBe(1);
      expect(await page.getByTestId('answer-cores').textContent()).toContain('Processes');
      expect(await violations(page)).toEqual([]);
    }));

  test('opens what was named in Live, and each part in its own view', () =>
    withPage({}, async (page) => {
      await answered(page);
      await page.getByTestId('answer-detail-compare').first().click();
      await page.getByTestId('compare-bars').waitFor();
      await page.getByTestId('tab-answer').click();
      await page.getByTestId('answer-detail-scale').first().click();
      await page.getByTestId('scale-plot').waitFor();
      await page.getByTestId('next-compare').click();
      await page.getByTestId('compare').waitFor();
      await page.getByTestId('tab-answer').click();
      await page.getByTestId('answer-live').click();
      await page.getByTestId('cores').waitFor();
      expect(await page.getByTestId('count-threads').inputValue()).toBe('2');
      expect(await page.getByTestId('count-processes').inputValue()).toBe('0');
    }));

  test('keeps what was measured when it is stopped, lists it among earlier answers, and asks another question', () =>
    withPage({}, async (page) => {
      await page.getByTestId('answer-start').click();
      await page.getByTestId('answer-stop').click();
      await page.getByTestId('answer-cancelled').waitFor();
      await page.getByTestId('answer-change').click();
      await page.getByTestId('question').waitFor();
      await page.getByTestId('earlier-answer').first().click();
      await page.getByTestId('answer-found').waitFor();
    }));
});
