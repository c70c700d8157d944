import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { drawLabReport } from '../fake/experiments/lab-report';
import { factsOf } from '../fake/machine';
import { FAKE_DEFAULTS, type FakeOptions } from '../fake/options';
import { pagesOf } from '../with-page';

const SMALL: Partial<FakeOptions> = { cores: 4, historyMs: 2000 };
const { machine } = factsOf({ ...FAKE_DEFAULTS, ...SMALL });
const asked = (page: Page, name: string): Promise<unknown> =>
  page.evaluate((wanted) => window.fakeEngine?.calls.findLast((call) => call.name === wanted)?.argument, name);
const text = (page: Page, testid: string): Promise<string | null> => page.getByTestId(testid).textContent();

describe('the Labs view', () => {
  const withPage = pagesOf(SMALL, 'lab');

  test('explains the chosen lab, shows its cases as they go on, and then what was found', () =>
    withPage({}, async (page) => {
      await page.getByTestId('lab-card-race').check({ force: true });
      expect(await text(page, 'lab-about')).toContain(
        'What happens if workers change the same value at the same time?',
      );
      await page.getByTestId('experiment-start').click();
      expect(await asked(page, 'startExperiment')).toEqual({ kind: 'lab', lab: 'race', quick: true });
      await page.getByTestId('lab-cases').waitFor();
      expect(await text(page, 'lab-cases')).toContain('No Python 3.8 or newer was found on this machine.');
      await page.getByTestId('lab-race').waitFor();
      expect(await text(page, 'race-threads-unlocked')).toContain('62 % lost');
      expect(await text(page, 'race-threads-atomics')).toContain('not observed');
      expect(await text(page, 'race-threads-atomics')).toContain('With 95 % confidence, at most');
      expect(await text(page, 'lab-race')).not.toMatch(/safe/i);
    }));

  test('shows the last saved report of each lab, in pictures and as tables', () =>
    withPage(
      { saved: (['ipc', 'memory', 'startup'] as const).map((lab) => drawLabReport(lab, { machine })) },
      async (page) => {
        await page.getByTestId('ipc-plot').locator('[data-series="fork-json"]').waitFor();
        expect(await text(page, 'ipc-break-evens')).toContain('The lock lets one thread run at a time');
        expect(await text(page, 'ipc-table')).toContain('JSON of 100 MB would take more than the time there is.');
        await page.getByTestId('lab-card-memory').check({ force: true });
        await page.getByTestId('memory-processes').getByText('41 MB').waitFor();
        await page.getByTestId('memory-measure-private').check({ force: true });
        expect(await text(page, 'memory-threads')).toContain('–');
        await page.getByTestId('lab-card-startup').check({ force: true });
        await page.getByTestId('startup-processes-cold').waitFor();
        expect(await text(page, 'startup-python-interpreters-cold')).toMatch(/cold–Python/);
      },
    ));
});
