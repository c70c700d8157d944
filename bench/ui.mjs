// What the page costs its main thread, in the Chromium that the tests use (software drawing): npm run bench:ui -- [options].
//   --seconds N   how long each case is played (12)
//   --minutes N   how long the heap is watched (10; 0: not)
//   --only NAME   one case: 16, 64 or 256
//   --no-rivals   without uPlot and ECharts
//   --offscreen   only whether a worker with an OffscreenCanvas would help
//   --json FILE   where the figures go as JSON, beside what is printed
// The events are recorded before they are played, so that making them is not measured. Wants a build. Times are CPU time
// of the page's main thread (script, style, layout, paint and all else), so that a crowded machine changes them less.
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';
import { watchFrames, watchHeap, cpuOf, firstPicture } from './ui/measure.mjs';
import { tryOffscreen } from './ui/offscreen.mjs';
import { obtainRivals, measureRival } from './ui/rivals.mjs';

const root = resolve(import.meta.dirname, '..');
const load = async (file) => (await runnerImport(join(root, file))).module;
const VIEWPORT = { viewport: { width: 1360, height: 860 } };

/** `atMostMs` is the budget of 100 ms of a run. */
const CASES = [
  { name: '16', cores: 16, workers: { threads: 6, processes: 4 }, taskMs: 4, atMostMs: null },
  { name: '64', cores: 64, workers: { threads: 64, processes: 64 }, taskMs: 40, atMostMs: 20 },
  { name: '256', cores: 256, workers: { threads: 512, processes: 512 }, taskMs: 40, atMostMs: 40 },
].map((one) => ({ ...one, topology: { packages: one.cores > 64 ? 2 : 1, nodes: one.cores > 64 ? 2 : 1 } }));
const FIRST_PICTURE_MS = 150;
const FIRST_PICTURES = 5;
/** Simulated before: enough for all windows to be full, but a minute. */
const HISTORY_MS = 30_000;
const LEAST_FRAMES = 50;

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '12' },
    minutes: { type: 'string', default: '10' },
    only: { type: 'string' },
    'no-rivals': { type: 'boolean', default: false },
    offscreen: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});

const { launchChromium } = await load('tests/support/chromium.ts');
const { bundleFake, openPage, serveRenderer } = await load('tests/renderer/page.ts');
const { createFakeEngine } = await load('tests/renderer/fake/engine.ts');

const optionsOf = ({ cores, workers, taskMs, topology }) => ({
  cores,
  topology,
  run: { workload: 'sha256', workers, taskMs },
  historyMs: HISTORY_MS,
});
const totalOf = (workers) => Object.values(workers).reduce((sum, count) => sum + count, 0);
const ms = (value) => `${value.toFixed(1)} ms`;

/** Plays a case and answers what it took for each 100 ms of it. */
async function measureCase(on, one) {
  const { page, close } = await openPage(on.browser, {
    address: on.server.address,
    fake: `window.replaySeconds = ${Number(options.seconds)};\n${on.replay}`,
    options: optionsOf(one),
    context: VIEWPORT,
    timeoutMs: 300_000,
  });
  try {
    const cpu = await cpuOf(page);
    const played = await page.evaluate(watchFrames);
    return { ...(await cpu.each(played.batches)), ...played };
  } finally {
    await close();
  }
}

async function measureOurs(on, one) {
  const result = await measureCase(on, one);
  const { all, script, style, layout, framesPerSecond, p95Ms } = result;
  const budget = one.atMostMs === null ? '' : all <= one.atMostMs ? ` (≤ ${one.atMostMs})` : ` (over ${one.atMostMs})`;
  console.log(
    `${one.cores} cores, ${totalOf(one.workers)} workers: ${ms(all)}${budget} of 100 ms; script ${ms(script)}, style ${ms(style)}, layout ${ms(layout)}, paint and others ${ms(all - script - style - layout)}; ${framesPerSecond.toFixed(0)} of 60 frames, p95 ${p95Ms.toFixed(0)} ms apart`,
  );
  return result;
}

async function measureRivals(on, one, ours) {
  const results = {};
  for (const rival of on.rivals) {
    const result = await measureRival(on.browser, rival, { cores: one.cores, workers: totalOf(one.workers) });
    results[rival.name] = { ...result, times: result.all / ours.all };
    console.log(
      `  ${rival.name} with as many series: ${ms(result.all)} an update, ${(result.all / ours.all).toFixed(1)} times ours`,
    );
  }
  return results;
}

async function measureAll(on) {
  const cases = [];
  for (const one of CASES.filter(({ name }) => options.only === undefined || name === options.only)) {
    const ours = await measureOurs(on, one);
    const rivals = await measureRivals(on, one, ours);
    cases.push({ cores: one.cores, workers: totalOf(one.workers), atMostMs: one.atMostMs, ours, rivals });
  }
  const state = createFakeEngine({ cores: 16, historyMs: 62_000 }).state();
  const firstMs = [];
  for (let time = 0; time < FIRST_PICTURES; time++) firstMs.push(await firstPicture(on, state, VIEWPORT));
  // What else the machine does can only make it more.
  console.log(
    `first picture: ${ms(Math.min(...firstMs))} at least (at most ${FIRST_PICTURE_MS}) of ${firstMs.map((value) => value.toFixed(0)).join(', ')}`,
  );
  const minutes = Number(options.minutes);
  const heap =
    minutes > 0 ? await watchHeap(on, { openPage, options: optionsOf(CASES[1]), context: VIEWPORT, minutes }) : null;
  if (heap !== null)
    console.log(
      `heap: ${heap.mib.map((size) => size.toFixed(1)).join(', ')} MiB, one each ${heap.everySeconds} s; ${heap.perMinute.toFixed(2)} MiB a minute over the second half`,
    );
  return { cases, firstPictureMs: firstMs, leastFrames: LEAST_FRAMES, heap };
}

const [browser, server, replay, live] = await Promise.all([
  launchChromium(),
  serveRenderer(join(root, 'out/renderer')),
  bundleFake('fake-replay.ts'),
  bundleFake('fake-client.ts'),
]);
try {
  const rivals = options['no-rivals'] || options.offscreen ? [] : obtainRivals(root);
  const figures = options.offscreen
    ? { offscreen: await tryOffscreen(browser) }
    : await measureAll({ browser, server, replay, live, rivals });
  if (options.json) await writeFile(options.json, `${JSON.stringify(figures, null, 2)}\n`);
} finally {
  await browser.close();
  await server.close();
}
