import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OUT } from '../../support/paths';
import { pagesOf } from '../with-page';

const withPage = pagesOf({});

test('the page is set in Inter, from its own files, under the policy of production', async () => {
  await withPage({}, async (page) => {
    const loaded = await page.evaluate(async () => {
      await document.fonts.ready;
      return [...document.fonts].map(({ family, status }) => ({ family, status }));
    });
    expect(loaded).toEqual([{ family: 'Inter Variable', status: 'loaded' }]);
    expect(await page.evaluate(() => getComputedStyle(document.body).fontFamily)).toMatch(/^"Inter Variable"/);
  });
});

test('Inter’s licence is given away with it', () => {
  expect(readFileSync(join(OUT, 'renderer/assets/inter-license.txt'), 'utf8')).toContain('SIL OPEN FONT LICENSE');
});
