import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { FakeOptions } from '../fake/options';
import { pagesOf } from '../with-page';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const RUN: FakeOptions['run'] = {
  workload: 'primes',
  workers: { threads: 3, processes: 2, 'python-threads': 2 },
  taskMs: 40,
};
const COMPARE: FakeOptions['experiment'] = {
  kind: 'compare',
  workload: 'primes',
  executors: ['sequential', 'threads', 'processes'],
  workers: 3,
  taskMs: 4,
};
const end = (page: Page): Promise<void> => page.evaluate(() => window.fakeEngine?.endExperiment('completed'));

interface Seen {
  view: string;
  options: Partial<FakeOptions>;
  act?: (page: Page) => Promise<unknown>;
}

/** Every view, in the states that people meet it in. */
const SEEN: Record<string, Seen> = {
  'Live, idle': { view: 'cores', options: { python: '3.13' } },
  'Live, running': { view: 'cores', options: { python: '3.13', run: RUN } },
  'Live on many cores': {
    view: 'cores',
    options: { cores: 64, run: { ...RUN, workers: { threads: 60, processes: 60 } } },
  },
  'Live, ended, with its menu open': {
    view: 'cores',
    options: { run: RUN, end: 'completed' },
    act: (page) => page.getByTestId('export').click(),
  },
  'Live, failed': { view: 'cores', options: { run: RUN, failing: 0.04, end: 'failed' } },
  'Live, with limits and without causes': { view: 'cores', options: { quotaCpus: 1.5, attribution: false } },
  'the shortcuts': { view: 'cores', options: {}, act: (page) => page.keyboard.press('?') },
  'Compare, empty': { view: 'compare', options: {} },
  'Compare, running': { view: 'compare', options: { experiment: COMPARE } },
  'Compare, ended': { view: 'compare', options: { experiment: COMPARE }, act: end },
  'Scaling, empty': { view: 'scale', options: {} },
  'Scaling, ended': {
    view: 'scale',
    options: {
      experiment: { kind: 'scale', workload: 'primes', executors: ['threads', 'processes'], max: 8, taskMs: 4 },
    },
    act: end,
  },
  'Labs, empty': { view: 'lab', options: {} },
  'Labs, memory': { view: 'lab', options: { experiment: { kind: 'lab', lab: 'memory', quick: true } }, act: end },
  'Labs, hand-over': { view: 'lab', options: { experiment: { kind: 'lab', lab: 'ipc', quick: true } }, act: end },
  'Scorecard, empty': { view: 'scorecard', options: {} },
  'Scorecard, ended': { view: 'scorecard', options: { experiment: { kind: 'scorecard', quick: true } }, act: end },
  'History, with a report': { view: 'history', options: { experiment: COMPARE }, act: end },
};

/** What axe finds, in a line each: the rule, and where. */
async function found(page: Page): Promise<string[]> {
  // As a debugger would: the page's own policy allows no script of others.
  await page.evaluate(AXE);
  const results = await page.evaluate(() => (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run());
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}

const OPENED = Object.fromEntries(
  ['cores', 'compare', 'scale', 'lab', 'scorecard', 'history'].map((view) => [
    view,
    pagesOf({ cores: 8, historyMs: 5000 }, view === 'cores' ? undefined : view),
  ]),
);

async function look({ view, options, act }: Seen, colorScheme: 'dark' | 'light'): Promise<void> {
  await OPENED[view]?.(
    options,
    async (page) => {
      await act?.(page);
      // Nothing is half shown: what fades in has little contrast.
      await page.waitForTimeout(400);
      expect(await found(page)).toEqual([]);
    },
    { colorScheme, reducedMotion: 'reduce' },
  );
}

describe('axe finds nothing in', () => {
  test.each(Object.entries(SEEN))('%s', async (_name, seen) => look(seen, 'dark'));
  // Every other rule holds for both themes; contrasts are each theme's own.
  test.each(Object.entries(SEEN).filter(([name]) => /running|ended|History/.test(name)))(
    '%s, light',
    async (_name, seen) => look(seen, 'light'),
  );
});
