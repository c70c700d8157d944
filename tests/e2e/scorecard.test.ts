import { beforeAll, describe, expect, it } from 'vitest';
import { handsOn, HOSTS } from './support/views';

const WAIT_MS = 90_000;
/** Claims that rest on one lab each: they are judged long before the card is whole. */
const EARLY = '[data-testid^="claim-"]:not([data-holds="not-yet"])';

describe.each(HOSTS)('the Scorecard view in %s', (_name, launch) => {
  const { app, at, exported, neverComplained } = handsOn(launch);

  beforeAll(async () => {
    await at('tab-scorecard').click();
    await at('scorecard').waitFor();
  });

  it('judges claims as soon as they are measured, and keeps them where it is stopped', async () => {
    await at('experiment-start').click();
    await app().page.waitForSelector(EARLY, { timeout: WAIT_MS });
    await at('experiment-stop').click();
    await at('experiment-cancelled').waitFor({ timeout: WAIT_MS });
    await at('scorecard-tally').waitFor();
  });

  it('shows the same as the exported report, also after a reload', async () => {
    const { report } = await exported();
    if (report.kind !== 'scorecard') throw new Error('A scorecard was expected.');
    expect(report.outcome).toBe('cancelled');
    const measured = report.rows.filter(({ threads }) => threads.length > 0);
    expect(measured.length).toBeGreaterThan(0);
    await app().page.reload();
    for (const { claim, holds, threads } of measured) {
      const row = at(`claim-${claim}`);
      await row.waitFor();
      expect(await row.getAttribute('data-holds')).toBe(holds);
      for (const { text } of threads) expect(await row.textContent()).toContain(text);
    }
  });

  neverComplained();
});
