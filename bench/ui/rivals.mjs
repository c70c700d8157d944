// Well-known chart libraries drawing as many series as the page does. They are no dependency: they are fetched into a
// folder of their own when this runs.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cpuOf } from './measure.mjs';

const RIVALS = [
  { name: 'uPlot', spec: 'uplot@1.6.32', script: 'uplot/dist/uPlot.iife.min.js', play: playUplot },
  { name: 'ECharts', spec: 'echarts@6.0.0', script: 'echarts/dist/echarts.min.js', play: playEcharts },
];
const POINTS = 240;
const UPDATES = 20;
/** The two pictures that they stand beside, CSS px. */
const SIZE = { width: 766, height: 210 };

/** Those that could be fetched; says why the others could not. */
export function obtainRivals(root) {
  const folder = join(root, 'node_modules/.cache/coreloom-bench');
  const scriptOf = ({ script }) => join(folder, 'node_modules', script);
  mkdirSync(folder, { recursive: true });
  try {
    const install = ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', folder];
    if (!RIVALS.every((rival) => existsSync(scriptOf(rival))))
      execFileSync('npm', [...install, ...RIVALS.map(({ spec }) => spec)], { stdio: ['ignore', 'ignore', 'pipe'] });
    return RIVALS.map((rival) => ({ ...rival, script: scriptOf(rival) }));
  } catch (error) {
    const reason = String(error.stderr ?? error.message)
      .trim()
      .split('\n')[0];
    console.log(`uPlot and ECharts are left out, as npm could not fetch them: ${reason}`);
    return [];
  }
}

/** CPU time for each update of 100 ms, with a series for each core and each worker. */
export async function measureRival(browser, rival, { cores, workers }) {
  const context = await browser.newContext({ viewport: { width: 1360, height: 860 } });
  try {
    const page = await context.newPage();
    await page.setContent(
      `<style>div{width:${SIZE.width}px;height:${SIZE.height}px}</style><div id="a"></div><div id="b"></div>`,
    );
    await page.addScriptTag({ path: rival.script });
    const given = { counts: [cores, workers], points: POINTS, updates: 1, ...SIZE };
    await page.evaluate(rival.play, given);
    const cpu = await cpuOf(page);
    await page.evaluate(rival.play, { ...given, updates: UPDATES });
    return await cpu.each(UPDATES);
  } finally {
    await context.close();
  }
}

/** Runs in the page: the first call makes the charts, later ones give them a new point in each series ten times a second. */
async function playUplot({ counts, points, updates, width, height }) {
  const wave = (series, at) => 0.5 + 0.45 * Math.sin(series + at / 9);
  window.charts ??= counts.map((count, index) => {
    const series = [
      {},
      ...Array.from({ length: count }, () => ({ stroke: '#56b4e9', width: 1, points: { show: false } })),
    ];
    const scales = { x: { time: false }, y: { range: [0, 1] } };
    const options = { width, height, series, scales, legend: { show: false }, cursor: { show: false } };
    return new window.uPlot(
      options,
      [[0], ...Array.from({ length: count }, () => [0])],
      document.querySelectorAll('div')[index],
    );
  });
  window.at ??= 0;
  for (let update = 0; update < updates; update++) {
    const beganMs = performance.now();
    const from = window.at++;
    const xs = Array.from({ length: points }, (_, point) => from + point);
    counts.forEach((count, index) =>
      window.charts[index].setData([
        xs,
        ...Array.from({ length: count }, (_, series) => xs.map((x) => wave(series, x))),
      ]),
    );
    await new Promise((done) =>
      requestAnimationFrame(() => setTimeout(done, Math.max(0, 100 - (performance.now() - beganMs)))),
    );
  }
}

async function playEcharts({ counts, points, updates }) {
  const wave = (series, at) => 0.5 + 0.45 * Math.sin(series + at / 9);
  window.charts ??= counts.map((_, index) => {
    const chart = window.echarts.init(document.querySelectorAll('div')[index], null, { renderer: 'canvas' });
    chart.setOption({
      animation: false,
      xAxis: { type: 'value', min: 'dataMin', max: 'dataMax' },
      yAxis: { min: 0, max: 1 },
    });
    return chart;
  });
  window.at ??= 0;
  for (let update = 0; update < updates; update++) {
    const beganMs = performance.now();
    const from = window.at++;
    const xs = Array.from({ length: points }, (_, point) => from + point);
    counts.forEach((count, index) =>
      window.charts[index].setOption(
        {
          series: Array.from({ length: count }, (_, series) => ({
            type: 'line',
            showSymbol: false,
            silent: true,
            lineStyle: { width: 1, color: '#56b4e9' },
            data: xs.map((x) => [x, wave(series, x)]),
          })),
        },
        { lazyUpdate: false },
      ),
    );
    await new Promise((done) =>
      requestAnimationFrame(() => setTimeout(done, Math.max(0, 100 - (performance.now() - beganMs)))),
    );
  }
}
