import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { pagesOf } from '../with-page';

const withPage = pagesOf({ cores: 4 });
const started = (page: Page): Promise<unknown> =>
  page.evaluate(() => window.fakeEngine?.calls.findLast((call) => call.name === 'startExperiment')?.argument);
async function fill(page: Page, testid: string, value: string): Promise<void> {
  await page.getByTestId(testid).fill(value);
  await page.getByTestId(testid).press('Enter');
}

describe('the Python section', () => {
  test('starts Python’s workers on the chosen interpreter, and shows a row for each', () =>
    withPage({ python: '3.14' }, async (page) => {
      await fill(page, 'count-python-interpreters', '2');
      await page.getByTestId('python-interpreter').selectOption('/usr/bin/python3.13');
      expect(await page.getByTestId('count-python-interpreters').inputValue()).toBe('0');
      expect(await page.getByTestId('count-python-interpreters').isDisabled()).toBe(true);
      await fill(page, 'count-python-threads', '2');
      await page.getByTestId('python-start-method').selectOption('spawn');
      await page.getByTestId('start').click();
      await page.waitForSelector('[data-testid="workers"][data-rows="4"]');
      expect(await started(page)).toMatchObject({
        workers: { 'python-threads': 2 },
        python: { executable: '/usr/bin/python3.13', startMethod: 'spawn' },
      });
      await page.getByTestId('executors-python').getByText('48 %').waitFor();
      await page.getByTestId('workers-card').locator('[data-state="lock"]').waitFor();
    }));

  test('says why where there is none, with nothing to move', () =>
    withPage({ python: 'none' }, async (page) => {
      expect(await page.getByTestId('python-reason').textContent()).toBe(
        'No Python 3.8 or newer was found on this machine.',
      );
      expect(await page.getByTestId('count-python-threads').count()).toBe(0);
    }));

  test('appears once an interpreter has been found', () =>
    withPage({ python: 'looking' }, async (page) => {
      await page.getByText('Looking for a Python').waitFor();
      await page.evaluate(() => {
        const executors = {
          available: ['threads', 'processes', 'python-threads'] as const,
          unavailable: { 'python-processes': 'Python 3.9.1 was built without multiprocessing.' },
        };
        const python = {
          executable: '/opt/python3',
          version: '3.9.1',
          build: 'CPython 3.9.1',
          lockOn: true,
          freeThreaded: false,
          interpreters: false,
          startMethods: [],
          semaphores: false,
          source: 'given',
        };
        window.fakeEngine?.emit({
          type: 'executors-changed',
          executors: { ...executors, available: [...executors.available], pythons: [python] },
        });
      });
      expect(await page.getByTestId('python-name').textContent()).toBe('CPython 3.9.1');
      expect(await page.getByTestId('count-python-threads').isEnabled()).toBe(true);
      expect(await page.getByTestId('count-python-processes').isDisabled()).toBe(true);
      await page.getByTestId('fold-python-threads').click();
      expect(await page.getByTestId('slider-python-threads').isEnabled()).toBe(true);
    }));
});

describe('the settings of a workload', () => {
  test('stand under its size, and are sent where they were changed', () =>
    withPage({}, async (page) => {
      expect(await page.getByTestId('setting-delayMs').count()).toBe(0);
      await page.getByTestId('kind-io').click();
      await page.getByTestId('workload-card-http').click();
      expect(await page.getByTestId('setting-bodyBytes').inputValue()).toBe('16384');
      await fill(page, 'setting-delayMs', '2.5');
      await page.getByTestId('start').click();
      await page.getByTestId('stop').waitFor();
      expect(await started(page)).toMatchObject({ workload: 'http', workloadSettings: { delayMs: 2.5 } });
    }));
});
