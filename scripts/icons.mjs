// Renders resources/icon.svg to resources/icon.png (512 × 512, transparent corners) in the npm Chromium.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { chromium as browser } from 'playwright-core';

// Only with these does the package unpack the libraries that a bare system lacks; they are read at import.
process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs22.x';
process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs22.x';
const { default: chromium } = await import('@sparticuz/chromium');

const SIZE = 512;
const resources = resolve(import.meta.dirname, '../resources');
const target = resolve(resources, 'icon.png');

const running = await browser.launch({ executablePath: await chromium.executablePath(), args: ['--no-sandbox'] });
try {
  const page = await running.newPage({ viewport: { width: SIZE, height: SIZE } });
  const svg = await readFile(resolve(resources, 'icon.svg'), 'utf8');
  await page.setContent(`<style>html,body{margin:0;background:transparent}svg{display:block}</style>${svg}`);
  await page.screenshot({ path: target, omitBackground: true });
  console.log(`wrote ${target}`);
} finally {
  await running.close();
}
