import { expect, test } from 'vitest';
import { launchChromium } from '../support/chromium';

test('two tests at once each get a Chromium whose pages speak en-US', async () => {
  const browsers = await Promise.all([launchChromium(), launchChromium()]);
  try {
    for (const browser of browsers) {
      const page = await browser.newPage();
      expect(await page.evaluate(() => navigator.language)).toBe('en-US');
      expect(await page.evaluate(() => new Intl.DateTimeFormat(navigator.language).resolvedOptions().locale)).toBe('en-US');
    }
  } finally {
    await Promise.all(browsers.map((browser) => browser.close()));
  }
});
