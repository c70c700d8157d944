import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CompareReport } from '../../src/contract';
import { compareSummary } from '../../src/engine/kinds/compare/report/summary';
import { contenderTable } from '../../src/engine/kinds/compare/report/tables';
import { renderText } from '../../src/engine/reports/any-kind';
import { figureRows } from '../../src/renderer/src/compare/compare-rows';
import { makeCompareReport } from '../fixtures/compare-report';
import { VALUES } from '../support/figures';

const SHARED = [
  'Makespan, median',
  'Speed-up',
  'Efficiency',
  'CPU time per round, task threads',
  'Cores busy',
  'Time waiting for a core',
  'Start-up of a worker',
  'Hand-over, round trip',
  'Memory added, resident',
  'Memory added, proportional',
];

const REPORT = makeCompareReport([
  { contender: 'sequential', makespanMs: 400 },
  { contender: 'threads', makespanMs: 205 },
]);

/** The same comparison with one value wherever a figure of a contender stands. */
function comparison(value: number | null): CompareReport {
  const estimate = value === null ? null : { value, low: value * 0.97, high: value * 1.03 };
  return {
    ...REPORT,
    contenders: REPORT.contenders.map((one) => ({
      ...one,
      makespanMs: estimate,
      speedUp: estimate && { ...estimate, against: 'sequential' as const },
      efficiency: value,
      cpuMs: value,
      coresBusy: value,
      runQueueMs: value,
      startUpMs: value,
      handOverUs: value,
      memory: value === null ? null : { residentBytes: value, proportionalBytes: value },
    })),
  };
}

const rowsOf = (rows: string[][]): string[][] => rows.filter(([name = '']) => SHARED.includes(name));

it('the screen reads as the tables of every report do, whatever the value', () => {
  for (const value of [null, ...VALUES]) {
    const report = comparison(value);
    const [screen, reports] = [rowsOf(figureRows(report)), rowsOf(contenderTable(report).rows)];
    if (JSON.stringify(screen) !== JSON.stringify(reports)) expect(screen, String(value)).toEqual(reports);
  }
  expect(rowsOf(figureRows(comparison(1)))).toHaveLength(SHARED.length);
});

it('HTML, Markdown and the terminal have the figures of those tables as they are', () => {
  for (const value of VALUES.filter((_, at) => at % 250 === 0 && (VALUES[at] ?? 0) > 0)) {
    const report = comparison(value);
    const rows = rowsOf(contenderTable(report).rows);
    const cores = rows.find(([name]) => name === 'Cores busy')?.[1] ?? 'none';
    const memory = rows.find(([name]) => name === 'Memory added, resident')?.[1] ?? 'none';
    expect(renderText(report, 'html').content).toContain(`<td>${memory}</td>`);
    expect(renderText(report, 'markdown').content).toContain(` ${memory} |`);
    expect(compareSummary(report)).toContain(cores);
  }
});

it('nothing else writes numbers', () => {
  const own = /\.(?:toFixed|toLocaleString|toExponential)\(|Intl\.NumberFormat/;
  // Places in pictures, and an attribute that tests read.
  const geometry = ['contract/figures.ts', 'renderer/src/charts/XyPlot.vue', 'renderer/src/ui/CoresCard.vue'];
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.(ts|vue)$/.test(file) && !geometry.includes(file));
  expect(files.length).toBeGreaterThan(300);
  expect(files.filter((file) => own.test(readFileSync(join('src', file), 'utf8')))).toEqual([]);
});
