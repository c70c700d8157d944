import { beforeAll, describe, expect, it } from 'vitest';
import { handsOn, HOSTS } from './support/views';

const WAIT_MS = 60_000;

describe.each(HOSTS)('the Compare view in %s', (_name, launch) => {
  const { app, at, fill, threadsAlone, exported, neverComplained } = handsOn(launch);

  beforeAll(async () => {
    await at('tab-compare').click();
    await at('compare').waitFor();
  });

  it('measures sequential against threads and says what it found', async () => {
    await at('workload-card-sha256').click();
    await threadsAlone();
    await fill('compare-rounds', '4');
    await fill('compare-tasks', '8');
    await at('experiment-start').click();
    await at('pairs').waitFor({ timeout: WAIT_MS });
    expect((await at('experiment-finding').textContent())?.length).toBeGreaterThan(20);
    expect(await at('pair-threads-sequential').getAttribute('data-verdict')).toBe('too-few-rounds');
    expect(Number(await at('bar-threads').getAttribute('data-median-ms'))).toBeGreaterThan(0);
    expect(await at('checksums').textContent()).toContain('all agree');
  });

  it('shows the same figures as the exported report', async () => {
    const { fileName, report } = await exported();
    expect(fileName).toMatch(/\.json$/);
    if (report.kind !== 'compare') throw new Error('A comparison was expected.');
    expect(report.roundCount).toBe(4);
    const shown = Number(await at('bar-threads').getAttribute('data-median-ms'));
    expect(shown).toBe(report.contenders.find(({ contender }) => contender === 'threads')?.makespanMs?.value);
    const widths = await at('parts-of-threads')
      .locator('.part')
      .evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().width));
    const parts = report.contenders.find(({ contender }) => contender === 'threads')?.parts;
    const spawn = (parts?.spawnMs ?? 0) / (parts?.wholeMs ?? 1);
    expect((widths[0] ?? 0) / widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(spawn, 1);
  });

  it('is there again after a reload, and one that is on can be stopped with what was measured', async () => {
    await app().page.reload();
    await at('pairs').waitFor({ timeout: WAIT_MS });
    await fill('compare-rounds', '500');
    await at('experiment-start').click();
    // Until then the bars are those of the report before.
    await at('experiment-stop').waitFor();
    // One whole round at least: pairs are told by those that both have.
    for (const one of ['sequential', 'threads'])
      await app().page.waitForSelector(`[data-testid="bar-${one}"]:not([data-median-ms=""])`, { timeout: WAIT_MS });
    await app().page.reload();
    await at('experiment-stop').click();
    await at('experiment-cancelled').waitFor({ timeout: WAIT_MS });
    // The report comes a moment after the end.
    await at('pairs').waitFor({ timeout: WAIT_MS });
  });

  neverComplained();
});
