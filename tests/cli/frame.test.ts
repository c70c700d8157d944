import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { frame, hasRoom } from '../../src/cli/screen/frame';
import { createPaint } from '../../src/cli/screen/paint';
import { drawnRun } from './drawn-run';

const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 200, rows: 60 },
];
const plain = createPaint(0, 'dark');
const coloured = createPaint(3, 'dark');
const stripped = (text: string): string => text.replace(/\u001b\[[\d;]*m/g, '');

const machine = (cores: number) => drawnRun({ cores, workers: { threads: cores / 2, processes: cores / 2 } });

test.each([2, 16, 64, 256])('%i cores fit every terminal, with colours and without, and look the same', (cores) => {
  const { run, moment } = machine(cores);
  for (const size of SIZES) {
    const lines = frame(run, moment, size, plain);
    expect(lines.length).toBeLessThan(size.rows);
    for (const line of lines) expect(stringWidth(line)).toBeLessThan(size.columns);
    expect(lines.join('\n')).not.toContain('\u001b');
    const colours = frame(run, moment, size, coloured);
    // Colour never stands alone: without it, the same letters and blocks are left.
    expect(colours.map(stripped)).toEqual(lines);
    expect(colours.join('\n')).toContain('\u001b[38;2;86;180;233m');
    expect(lines.join('\n')).toMatchSnapshot(`${String(size.columns)} × ${String(size.rows)}`);
  }
});

test('every core has a mark, in a grid too', () => {
  const { run, moment } = machine(256);
  const text = frame(run, moment, { columns: 80, rows: 24 }, plain).join('\n');
  const grid = text.split('\n').filter((line) => /^ *\d+ [▁-█ ]+$/.test(line));
  expect(grid.map((line) => line.replace(/[^▁-█]/g, '').length)).toEqual([64, 64, 64, 64]);
  expect(grid.map((line) => Number.parseInt(line, 10))).toEqual([0, 64, 128, 192]);
});

test('more cores than marks fit share them, and that is said', () => {
  const { run, moment } = machine(1_024);
  const lines = frame(run, moment, { columns: 80, rows: 24 }, plain);
  expect(lines.length).toBeLessThan(24);
  expect(lines.join('\n')).toMatch(/^Cores .*each mark: 4 cores$/m);
  expect(lines.join('\n')).toContain('Workers  1,024, more than fit');
});

test('where causes and the times of workers are not known, none is shown', () => {
  const workers = [{ executor: 'threads', worker: 1, cpuMs: null, runQueueMs: null, core: null }] as const;
  const { run, moment } = drawnRun({
    cores: 2,
    workers: { threads: 1 },
    sample: { byExecutor: null, workers: [...workers], frequencyMhz: null, temperatureC: null },
  });
  const lines = frame(run, moment, { columns: 80, rows: 24 }, plain);
  expect(lines).toContain('Cores  1.55 of 2 busy  # in use: by what is not available here');
  expect(lines.find((line) => line.startsWith('0 '))).toMatch(/^0 #█+ 100 %$/);
  expect(lines.find((line) => line.startsWith('T1'))).toMatch(/^T1 +– +1,200 tasks$/);
});

test('names and messages of others cannot steer the terminal, and are as wide as they look', () => {
  const hostile = 'a\u001b[2Jb\u202e\n工作工作工作工作工作工作工作工作工作工作工作工作工作工作工作工作';
  const { run, moment } = drawnRun({
    cores: 2,
    workers: { threads: 1 },
    change: {
      settings: { workload: 'custom', module: `/home/${hostile}.mjs` } as ReturnType<
        typeof drawnRun
      >['run']['settings'],
      finding: `${hostile} `.repeat(20),
    },
  });
  const lines = frame(run, moment, { columns: 80, rows: 24 }, plain);
  expect(lines.join('')).not.toMatch(/[\p{Cc}\u202e]/u);
  expect(lines[0]).toContain('a\\u{1b}[2Jb\\u{202e}\\u{a}工作');
  for (const line of lines) expect(stringWidth(line)).toBeLessThan(80);
});

test('failed tasks are told, and a picture needs room', () => {
  const { run, moment } = drawnRun({
    cores: 2,
    workers: { threads: 1 },
    change: { counts: { done: 5, failed: 3, retried: 0, cancelled: 0 } },
  });
  expect(frame(run, moment, { columns: 80, rows: 24 }, plain).join('\n')).toContain('5 done  3 failed');
  expect([
    hasRoom({ columns: 60, rows: 16 }),
    hasRoom({ columns: 59, rows: 16 }),
    hasRoom({ columns: 60, rows: 15 }),
  ]).toEqual([true, false, false]);
});
