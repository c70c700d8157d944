import { describe, expect, it } from 'vitest';
import { handsOn, HOSTS } from './support/views';

const WAIT_MS = 90_000;

describe.each(HOSTS)('the views of experiments in %s', (_name, launch) => {
  const { app, at, fill, threadsAlone, exported, neverComplained } = handsOn(launch);

  it('measures scaling, and draws what the report says', async () => {
    await at('tab-scale').click();
    await threadsAlone();
    await fill('scale-max', '2');
    await fill('scale-rounds', '2');
    await at('experiment-start').click();
    await at('scale-advice').waitFor({ timeout: WAIT_MS });
    const { report } = await exported();
    if (report.kind !== 'scale') throw new Error('A scaling experiment was expected.');
    const [threads] = report.curves;
    expect(
      await app().page.locator('[data-testid="scale-plot"] [data-series="threads"]').getAttribute('data-points'),
    ).toBe(String(threads?.points.length));
    expect(await at('advice-threads').getAttribute('data-workers')).toBe(
      String(threads?.recommendation?.workers ?? ''),
    );
  });

  it('measures a lab, and shows it again after a reload', async () => {
    await at('tab-lab').click();
    await at('lab-card-startup').check({ force: true });
    await at('experiment-start').click();
    await at('lab-startup').waitFor({ timeout: WAIT_MS });
    expect(await at('startup-threads-cold').textContent()).toMatch(/\d ms/);
    const { report } = await exported();
    expect(report).toMatchObject({ kind: 'lab', lab: 'startup', outcome: 'completed' });
    await app().page.reload();
    await at('lab-startup').waitFor({ timeout: WAIT_MS });
  });

  neverComplained();
});
