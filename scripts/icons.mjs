// Renders resources/icon.svg to resources/icon.png (512 × 512, transparent corners) in the npm Chromium.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

const { module } = await runnerImport(resolve(import.meta.dirname, '../tests/support/chromium.ts'));

const SIZE = 512;
const resources = resolve(import.meta.dirname, '../resources');
const target = resolve(resources, 'icon.png');

const running = await module.launchChromium();
try {
  const page = await running.newPage({ viewport: { width: SIZE, height: SIZE } });
  const svg = await readFile(resolve(resources, 'icon.svg'), 'utf8');
  await page.setContent(`<style>html,body{margin:0;background:transparent}svg{display:block}</style>${svg}`);
  await page.screenshot({ path: target, omitBackground: true });
  console.log(`wrote ${target}`);
} finally {
  await running.close();
}
