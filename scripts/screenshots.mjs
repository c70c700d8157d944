// Takes pictures of the renderer on a fake engine, for people to look at: node scripts/screenshots.mjs FOLDER [NAME…]
// The data in them is drawn, not measured. Wants a build in out/renderer.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { runnerImport } from 'vite';
import { PICTURES } from './pictures.mjs';

const root = resolve(import.meta.dirname, '..');
const load = async (file) => (await runnerImport(join(root, file))).module;

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

async function main() {
  const [folder, ...only] = process.argv.slice(2);
  if (!folder) throw new Error('Give the folder for the pictures: node scripts/screenshots.mjs FOLDER [NAME…]');
  const built = join(root, 'out/renderer');
  if (!existsSync(join(built, 'index.html')))
    throw new Error('There is no build in out/renderer; run npm run build first.');
  const { launchChromium } = await load('tests/support/chromium.ts');
  const { bundleFake, openPage, serveRenderer } = await load('tests/renderer/page.ts');
  await mkdir(folder, { recursive: true });
  const [browser, server, fake] = await Promise.all([launchChromium(), serveRenderer(built), bundleFake()]);
  try {
    for (const picture of PICTURES.filter((one) => only.length === 0 || only.includes(one.name))) {
      const { page, problems, close } = await openPage(browser, { address: server.address, fake, ...picture });
      await wait(picture.wait ?? 2500);
      if (picture.ended) {
        await page.evaluate(() => globalThis.fakeEngine.endExperiment('completed'));
        await wait(800);
      }
      await picture.act?.(page);
      await page.screenshot({ path: join(folder, `${picture.name}.png`) });
      console.log(`${picture.name}.png${problems.length > 0 ? ` · problems: ${problems.join(' | ')}` : ''}`);
      await close();
    }
  } finally {
    await browser.close();
    await server.close();
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
