import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { FakeModules } from '../fake/modules';
import { pagesOf } from '../with-page';

const withPage = pagesOf({ cores: 4, python: '3.14' });

const TASK = '/projects/numbers/task.mjs';
const OTHER = '/projects/numbers/other.py';
const WRONG = '/projects/numbers/wrong.ts';
const FILES: FakeModules['files'] = {
  [TASK]: {
    title: 'Spin',
    summary: 'Spins.',
    sized: true,
    exports: ['task', 'setup', 'inputs', 'meta'],
    taskPlace: 'task.mjs:3',
    inputs: 12,
  },
  [OTHER]: {},
  [WRONG]: { code: 'module-broken', message: 'wrong.ts:14:22: SyntaxError: Expression expected; correct the syntax.' },
};
const desktop = (chosen: string | null = TASK): { modules: FakeModules } => ({
  modules: { by: 'dialog', files: FILES, chosen },
});

const calls = (page: Page, name: string): Promise<unknown[]> =>
  page.evaluate(
    (wanted) => window.fakeEngine?.calls.filter((call) => call.name === wanted).map((call) => call.argument) ?? [],
    name,
  );
const offer = (page: Page, path: string): Promise<void> =>
  page.evaluate((given) => window.fakeEngine?.emit({ type: 'module-offered', path: given }), path);
const isDisabled = (page: Page, testid: string): Promise<boolean> => page.getByTestId(testid).isDisabled();

describe('the card of the user’s own module', () => {
  test('names no file at first: a press asks for one, and what was found in it stands there', () =>
    withPage(desktop(), async (page) => {
      const card = page.getByTestId('module');
      expect(await card.textContent()).toContain('Your module…');
      await page.getByTestId('workload-card-custom').click();
      await page.getByTestId('module-found').waitFor();
      expect(await page.getByTestId('module-file').textContent()).toBe('task.mjs');
      expect(await page.getByTestId('module-folder').textContent()).toBe('/projects/numbers');
      expect(await page.getByTestId('module-found').locator('li').allTextContents()).toEqual([
        'task:3',
        'setup',
        '12 inputs',
        'meta',
      ]);
      expect(await card.textContent()).toContain('Spin · Spins.');
      expect(await calls(page, 'chooseModule')).toEqual([null]);
    }));

  test('is chosen by the keys without a dialog, which a button then opens', () =>
    withPage(desktop(), async (page) => {
      await page.getByTestId('workload-card-sha256').locator('input').focus();
      await page.keyboard.press('ArrowUp');
      await page.getByTestId('module-choose').waitFor();
      expect(await calls(page, 'chooseModule')).toEqual([]);
      expect(await page.getByTestId('reason').textContent()).toBe('Choose a module.');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByTestId('module-found').waitFor();
    }));

  test('starts the module, checked again, on the executors of its language alone, with its limit', () =>
    withPage(desktop(), async (page) => {
      await page.getByTestId('workload-card-custom').click();
      await page.getByTestId('module-found').waitFor();
      expect(await page.getByTestId('python-reason').textContent()).toBe('task.mjs runs on Node, not on Python.');
      await page.getByTestId('module-deadline').fill('2.5');
      await page.getByTestId('module-deadline').press('Enter');
      await page.getByTestId('start').click();
      await page.getByTestId('stop').waitFor();
      expect(await calls(page, 'startExperiment')).toEqual([
        {
          kind: 'live',
          workload: 'custom',
          module: TASK,
          workers: { threads: 1, processes: 1 },
          taskMs: 4,
          deadlineMs: 2500,
        },
      ]);
      expect(await calls(page, 'inspectModule')).toEqual([{ module: TASK }, { module: TASK }]);
      await page.getByTestId('status').getByText('task.mjs').waitFor();
      expect(await isDisabled(page, 'module-choose')).toBe(true);
      await offer(page, OTHER);
      await page.getByText('stop it before you choose a module').waitFor();
      expect(await page.getByTestId('module-file').textContent()).toBe('task.mjs');
    }));

  test('gives a Python module Python’s workers, and keeps the counts of Node’s for another', () =>
    withPage(desktop(), async (page) => {
      await offer(page, OTHER);
      await page.getByTestId('module-found').waitFor();
      expect(await page.getByTestId('count-threads').getAttribute('aria-label')).toBe('Number of threads');
      expect(await isDisabled(page, 'count-threads')).toBe(true);
      expect(await page.getByTestId('count-threads').inputValue()).toBe('0');
      await page.getByText('other.py runs on Python, not on Node.').first().waitFor();
      await page.getByTestId('start').click();
      await page.getByTestId('stop').waitFor();
      expect(await calls(page, 'startExperiment')).toMatchObject([
        { module: OTHER, workers: { 'python-threads': 1, 'python-processes': 1 } },
      ]);
      await page.getByTestId('stop').click();
      await page.getByTestId('workload-card-primes').click();
      expect(await page.getByTestId('count-threads').inputValue()).toBe('1');
    }));

  test('says what is wrong in its place, and looks again when told to', () =>
    withPage(desktop(), async (page) => {
      await offer(page, WRONG);
      expect(await page.getByTestId('module-place').textContent()).toBe('wrong.ts:14:22');
      expect(await page.getByRole('alert').textContent()).toContain(
        'SyntaxError: Expression expected; correct the syntax.',
      );
      await page.getByTestId('start').click();
      await page.getByTestId('module-fault').waitFor();
      expect(await calls(page, 'startExperiment')).toEqual([]);
      await page.getByTestId('module-again').click();
      expect(await calls(page, 'inspectModule')).toHaveLength(3);
    }));

  test('goes back to a file that was good before', () =>
    withPage(desktop(), async (page) => {
      await offer(page, TASK);
      await page.getByTestId('module-found').waitFor();
      await offer(page, WRONG);
      await page.getByTestId('module-recent').click();
      await page.getByTestId('module-found').waitFor();
      expect(await page.getByTestId('module-file').textContent()).toBe('task.mjs');
    }));

  test('shows the module of the run again after a reload', () =>
    withPage(
      { ...desktop(), run: { workload: 'custom', module: TASK, workers: { threads: 2, processes: 1 }, taskMs: 40 } },
      async (page) => {
        await page.getByTestId('module-found').waitFor();
        expect(await page.getByTestId('module-file').textContent()).toBe('task.mjs');
      },
    ));

  test('offers a browser the files of the allowed folder', () =>
    withPage({ modules: { by: 'list', files: FILES, chosen: null } }, async (page) => {
      await page.getByTestId('workload-card-custom').click();
      await page.getByTestId('module-list').selectOption(TASK);
      await page.getByTestId('module-found').waitFor();
      expect(await page.getByTestId('module-choose').count()).toBe(0);
      expect(await calls(page, 'chooseModule')).toEqual([]);
    }));
});

describe('the list of workloads', () => {
  test('shows one kind at a time, and what is chosen stays chosen while another is looked at', () =>
    withPage({}, async (page) => {
      const pressed = (kind: string): Promise<string | null> =>
        page.getByTestId(`kind-${kind}`).getAttribute('aria-pressed');
      expect(await pressed('cpu')).toBe('true');
      await page.getByTestId('kind-io').click();
      expect([await pressed('cpu'), await pressed('io')]).toEqual(['false', 'true']);
      expect(await page.getByTestId('workload-card-sha256').isVisible()).toBe(false);
      expect(await page.getByTestId('workload-about').textContent()).toContain('SHA-256');
      expect(await page.getByTestId('kind-cpu').textContent()).toContain('the chosen workload is here');
      await page.getByTestId('workload-card-http').click();
      expect(await page.getByTestId('workload-about').textContent()).toContain('HTTP');
    }));

  test('is reached by the keys where what is chosen is of another kind', () =>
    withPage({}, async (page) => {
      await page.getByTestId('kind-io').click();
      await page.getByTestId('kind-mixed').focus();
      await page.keyboard.press('Tab');
      await page.keyboard.press('ArrowDown');
      expect(await page.getByTestId('workload-card-files').locator('input').isChecked()).toBe(true);
    }));

  test('says what is run after a reload, and shows its kind once it has stopped', () =>
    withPage({ run: { workload: 'http', workers: { threads: 1 }, taskMs: 4 } }, async (page) => {
      await page.getByText('stop to change').waitFor();
      expect(await page.getByTestId('workload-about').textContent()).toBe('HTTP');
      await page.getByTestId('stop').click();
      await page.getByTestId('workload-card-http').waitFor();
    }));

  test('fits a low window whole, Python and all', () =>
    withPage(
      { python: '3.13' },
      async (page) => {
        const list = await page.getByTestId('workload-card-http').boundingBox();
        const end = await page.getByTestId('end-tasks').boundingBox();
        const start = await page.getByTestId('start').boundingBox();
        expect(list?.height ?? 0).toBeGreaterThan(20);
        expect((end?.y ?? 0) + (end?.height ?? 0)).toBeLessThan(start?.y ?? 0);
      },
      { viewport: { width: 1280, height: 860 } },
    ));
});
