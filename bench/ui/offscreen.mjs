// Whether a worker with an OffscreenCanvas would take work off the main thread: the same rectangles, drawn by either.
import { cpuOf } from './measure.mjs';

const UPDATES = 60;
/** About what one update of 100 ms paints at 256 cores and 1,024 workers, and a tenth of it. */
const RECTANGLES = [200, 2000];

/** CPU time of the main thread and of the whole page's process for each update, ms. */
export async function tryOffscreen(browser) {
  const results = [];
  for (const rectangles of RECTANGLES) {
    for (const where of ['main', 'worker']) {
      const context = await browser.newContext({ viewport: { width: 1360, height: 860 } });
      const page = await context.newPage();
      await page.setContent('<canvas width="766" height="210"></canvas>');
      await page.evaluate(draw, { rectangles, where, updates: 2 });
      const cpu = await cpuOf(page);
      await page.evaluate(draw, { rectangles, where, updates: UPDATES });
      const { all, process } = await cpu.each(UPDATES);
      results.push({ rectangles, where, mainMs: all, processMs: process });
      console.log(
        `${rectangles} rectangles an update drawn by the ${where}: ${all.toFixed(2)} ms of the main thread, ${process.toFixed(2)} ms of the process`,
      );
      await context.close();
    }
  }
  return results;
}

/** Runs in the page: ten updates a second, each moves the picture and draws what is new. */
async function draw({ rectangles, where, updates }) {
  const paint = (context, list) => {
    context.drawImage(context.canvas, -3, 0);
    for (let at = 0; at < list.length; at += 5) {
      context.fillStyle = list[at + 4] > 0.5 ? '#56b4e9' : '#e69f00';
      context.fillRect(list[at], list[at + 1], list[at + 2], list[at + 3]);
    }
  };
  const canvas = document.querySelector('canvas');
  if (where === 'main') window.context ??= canvas.getContext('2d', { alpha: false });
  else if (!window.worker) {
    const source = `const paint = ${paint}; let context; onmessage = ({ data }) => data.canvas ? (context = data.canvas.getContext('2d', { alpha: false })) : paint(context, data.list);`;
    window.worker = new Worker(URL.createObjectURL(new Blob([source])));
    const offscreen = canvas.transferControlToOffscreen();
    window.worker.postMessage({ canvas: offscreen }, [offscreen]);
  }
  for (let update = 0; update < updates; update++) {
    const list = Float32Array.from(
      { length: rectangles * 5 },
      (_, at) => [750 + (at % 16), (at * 7) % 205, 3, 5, (at / 5) % 2][at % 5],
    );
    if (where === 'main') paint(window.context, list);
    else window.worker.postMessage({ list }, [list.buffer]);
    await new Promise((done) => setTimeout(() => requestAnimationFrame(done), 100));
  }
}
