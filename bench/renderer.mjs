// Main-thread time of the renderer for each update of 100 ms, in the Chromium of the npm package (software drawing):
// node bench/renderer.mjs. The events are recorded before, so that making them is not measured. Wants a build.
import { join, resolve } from 'node:path';
import { runnerImport } from 'vite';

const root = resolve(import.meta.dirname, '..');
const load = async (file) => (await runnerImport(join(root, file))).module;
const CASES = [
  { name: '16 cores, 10 workers, tasks of 4 ms', cores: 16, workers: { threads: 6, processes: 4 }, taskMs: 4 },
  { name: '64 cores, 128 workers, tasks of 40 ms', cores: 64, workers: { threads: 64, processes: 64 }, taskMs: 40 },
  { name: '64 cores, 128 workers, tasks of 4 ms', cores: 64, workers: { threads: 64, processes: 64 }, taskMs: 4 },
];

async function metrics(session) {
  const { metrics: list } = await session.send('Performance.getMetrics');
  return Object.fromEntries(list.map(({ name, value }) => [name, value]));
}

/** Runs in the page: plays the events and watches the frames. */
async function play() {
  const gaps = [];
  let last = performance.now();
  let on = true;
  const frame = (now) => {
    gaps.push(now - last);
    last = now;
    if (on) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  let long = 0;
  new PerformanceObserver((list) => (long += list.getEntries().length)).observe({ type: 'longtask' });
  const batches = await window.replay();
  on = false;
  gaps.sort((a, b) => a - b);
  return { batches, frames: gaps.length, p95: gaps[Math.floor(gaps.length * 0.95)], long };
}

async function measure(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const before = await metrics(session);
  const played = await page.evaluate(play);
  const after = await metrics(session);
  const each = (name) => `${(((after[name] - before[name]) * 1000) / played.batches).toFixed(2)} ms`;
  return {
    task: each('TaskDuration'),
    script: each('ScriptDuration'),
    style: each('RecalcStyleDuration'),
    layout: each('LayoutDuration'),
    ...played,
  };
}

const { launchChromium } = await load('tests/support/chromium.ts');
const { bundleFake, openPage, serveRenderer } = await load('tests/renderer/page.ts');
const [browser, server, fake] = await Promise.all([
  launchChromium(),
  serveRenderer(join(root, 'out/renderer')),
  bundleFake('fake-replay.ts'),
]);
try {
  for (const { name, cores, workers, taskMs } of CASES) {
    const options = { cores, run: { workload: 'sha256', workers, taskMs } };
    const { page, close } = await openPage(browser, {
      address: server.address,
      fake,
      options,
      context: { viewport: { width: 1920, height: 1080 } },
    });
    const { task, script, style, layout, frames, p95, long } = await measure(page);
    console.log(
      `${name}: ${task} an update (script ${script}, style ${style}, layout ${layout}); ${frames} frames, p95 ${p95.toFixed(0)} ms apart, ${long} tasks over 50 ms`,
    );
    await close();
  }
} finally {
  await browser.close();
  await server.close();
}
