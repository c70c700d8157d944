// Takes README's pictures of a real run on this machine: npm run picture [-- FOLDER [dark|light]]. What they show was measured.
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { runnerImport } from 'vite';

const root = resolve(import.meta.dirname, '..');
const folder = resolve(process.argv[2] ?? join(root, 'docs/images'));
const schemes = process.argv[3] === undefined ? ['dark', 'light'] : [process.argv[3]];
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/** Starts the web host on data of its own; answers its address. */
async function serve(home) {
  const child = spawn(process.execPath, [join(root, 'bin/coreloom.mjs'), 'serve'], {
    env: { ...process.env, CORELOOM_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(child.stdout)) {
    const address = /http:\/\/\S+/.exec(line)?.[0];
    if (address) return { child, address };
  }
  throw new Error('The web host ended before it printed its address.');
}

/** Sets a worker count as a person with a keyboard would. */
async function setCount(page, name, count) {
  await page.getByTestId(`count-${name}`).fill(String(count));
  await page.getByTestId(`count-${name}`).press('Enter');
  await page.getByTestId(`count-${name}`).blur();
}

async function take(address, colorScheme) {
  const { module } = await runnerImport(join(root, 'tests/support/chromium.ts'));
  const browser = await module.launchChromium();
  try {
    // A page that moves once a second hardly costs anything: what draws without a graphics card would else be measured with the run.
    const page = await browser.newPage({
      reducedMotion: 'reduce',
      colorScheme,
      viewport: { width: 1360, height: 860 },
      deviceScaleFactor: 2,
      locale: 'en-US',
    });
    await page.goto(address);
    await page.getByTestId('tab-live').click();
    await setCount(page, 'threads', 2);
    await setCount(page, 'processes', 0);
    await page.getByTestId('start').click();
    await wait(16_000);
    await setCount(page, 'threads', 1);
    await setCount(page, 'processes', 1);
    await wait(14_000);
    await setCount(page, 'threads', 2);
    await setCount(page, 'processes', 2);
    await wait(14_000);
    await page.mouse.move(0, 0);
    await page.screenshot({ path: join(folder, `live-${colorScheme}.png`) });
    await page.getByTestId('stop').click();
    await page.getByTestId('start').waitFor();
  } finally {
    await browser.close();
  }
}

const home = await mkdtemp(join(tmpdir(), 'coreloom-picture-'));
await mkdir(folder, { recursive: true });
const { child, address } = await serve(home);
try {
  for (const colorScheme of schemes) await take(address, colorScheme);
} finally {
  child.kill('SIGINT');
  await new Promise((done) => child.on('exit', done));
  await rm(home, { recursive: true, force: true });
}
