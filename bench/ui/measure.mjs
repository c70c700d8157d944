// What the main thread of a page spends, by the counters of Chromium.

const COUNTERS = {
  all: 'TaskDuration',
  script: 'ScriptDuration',
  style: 'RecalcStyleDuration',
  layout: 'LayoutDuration',
  process: 'ProcessTime',
};
const HEAP_EVERY_S = 30;

async function counters(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

/** Starts counting CPU time of the page's main thread; `each` answers ms for each of some updates since then. */
export async function cpuOf(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = await counters(session);
  return {
    async each(updates) {
      const after = await counters(session);
      return Object.fromEntries(
        Object.entries(COUNTERS).map(([name, counter]) => [
          name,
          ((after[counter] - before[counter]) * 1000) / updates,
        ]),
      );
    },
  };
}

/** Runs in the page: plays the recorded events and watches the frames. */
export async function watchFrames() {
  const gaps = [];
  let last = performance.now();
  const beganMs = last;
  let on = true;
  const frame = (now) => {
    gaps.push(now - last);
    last = now;
    if (on) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  const batches = await window.replay();
  on = false;
  const framesPerSecond = (gaps.length * 1000) / (performance.now() - beganMs);
  gaps.sort((a, b) => a - b);
  return { batches, framesPerSecond, p95Ms: gaps[Math.floor(gaps.length * 0.95)] };
}

/** CPU time of the main thread from an empty tab to the picture of the cores, ms; the engine's answer is there already. */
export async function firstPicture({ browser, server }, state, contextOptions) {
  const context = await browser.newContext(contextOptions);
  try {
    const page = await context.newPage();
    await page.addInitScript((value) => {
      window.coreloom = { call: async () => ({ ok: true, value }), on: () => () => {} };
    }, state);
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.goto(`${server.address}#live`);
    await page.locator('[data-testid="cores"][data-busy-percent]:not([data-busy-percent=""])').waitFor();
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    return (await counters(session)).TaskDuration * 1000;
  } finally {
    await context.close();
  }
}

/** The heap of a page on which a run goes on, after a collection each half minute, in MiB. */
export async function watchHeap({ browser, server, live }, { openPage, options, context, minutes }) {
  const { page, close } = await openPage(browser, { address: server.address, fake: live, options, context });
  try {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const mib = [];
    const readings = Math.max(2, Math.round((minutes * 60) / HEAP_EVERY_S));
    for (let reading = 0; reading < readings; reading++) {
      await new Promise((done) => setTimeout(done, HEAP_EVERY_S * 1000));
      await session.send('HeapProfiler.collectGarbage');
      mib.push((await counters(session)).JSHeapUsedSize / 2 ** 20);
    }
    const half = mib.slice(Math.floor(mib.length / 2));
    const perMinute = ((half.at(-1) - half[0]) / Math.max(1, half.length - 1)) * (60 / HEAP_EVERY_S);
    return { everySeconds: HEAP_EVERY_S, mib, perMinute };
  } finally {
    await close();
  }
}
