import { lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { isPrivate } from '../../src/engine/system/private-place';
import { findChromium, launchChromium } from '../support/chromium';
import { ROOT } from '../support/paths';

test('two tests at once each get a Chromium whose pages speak en-US', async () => {
  const browsers = await Promise.all([launchChromium(), launchChromium()]);
  try {
    for (const browser of browsers) {
      const page = await browser.newPage();
      expect(await page.evaluate(() => navigator.language)).toBe('en-US');
      expect(await page.evaluate(() => new Intl.DateTimeFormat(navigator.language).resolvedOptions().locale)).toBe(
        'en-US',
      );
    }
  } finally {
    await Promise.all(browsers.map((browser) => browser.close()));
  }
});

const packaged =
  process.platform === 'linux' && process.arch === 'x64' && process.env['CORELOOM_CHROMIUM'] === undefined;
if (!packaged) console.log('Where Chromium is unpacked is not looked at: an installed one is used here.');

test.skipIf(!packaged)(
  'is unpacked beside the packages, into a folder that nobody else can write to or enter',
  async () => {
    const folder = dirname((await findChromium()).path);
    expect(dirname(folder)).toBe(join(ROOT, 'node_modules', '.cache'));
    expect(isPrivate(lstatSync(folder))).toBe(true);
  },
);
