import { expect, test } from 'vitest';
import { pagesOf } from '../with-page';

const withPage = pagesOf({ cores: 4, historyMs: 2000 });

test('a screen reader is told that a run began, that it ended, and what was found', () =>
  withPage({}, async (page) => {
    const said = page.getByTestId('announced');
    expect(await said.textContent()).toBe('');
    await page.getByTestId('start').click();
    await said.filter({ hasText: 'has started.' }).waitFor({ state: 'attached' });
    await page.getByTestId('stop').waitFor();
    await page.evaluate(() => window.fakeEngine?.end('completed'));
    await said.filter({ hasText: 'ended: completed.' }).waitFor({ state: 'attached' });
    expect(await said.textContent()).toContain(await page.getByTestId('finding').locator('.head').innerText());
  }));
