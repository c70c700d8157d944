import { beforeAll, describe, expect, it } from 'vitest';
import { descendants } from '../support/processes';
import { liveView, type LiveView } from './support/live-view';
import { handsOn, HOSTS } from './support/views';

const TABS = ['answer', 'compare', 'scale', 'lab', 'scorecard', 'history', 'live'];

/** What an impatient person does: nothing of it may stop the page, make it complain, or leave a process behind. */
describe.each(HOSTS)('rough hands on %s', (_name, launch) => {
  let view: LiveView;
  const { app, at, neverComplained } = handsOn(launch);
  /** Where the run is, once what was asked for has been answered and drawn. */
  async function settled(): Promise<string | null> {
    await app().page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    return (await app().page.getByText('Starting…').count()) > 0 ? 'starting' : at('status').getAttribute('data-phase');
  }

  beforeAll(() => {
    view = liveView(app().page);
  });

  it('drag a slider to and fro, and get what it was let go at', async () => {
    await view.pick('sha256');
    await view.start();
    await view.phase('running');
    const box = await at('slider-threads').boundingBox();
    if (!box) throw new Error('The slider is not shown.');
    const { mouse } = app().page;
    await mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await mouse.down();
    for (let to = 0; to < 20; to++)
      await mouse.move(box.x + (to % 2 === 0 ? 4 : box.width - 4), box.y + box.height / 2, { steps: 4 });
    await mouse.move(box.x + 4, box.y + box.height / 2);
    await mouse.up();
    expect(await at('count-threads').inputValue()).toBe('0');
    await view.rows(Number(await at('count-processes').inputValue()));
  });

  it('resize the window, open every view and reload in the middle of a run, which goes on', async () => {
    const { page } = app();
    const size = page.viewportSize();
    for (let step = 0; step < 15; step++)
      await page.setViewportSize({ width: 400 + ((step * 137) % 1500), height: 350 + ((step * 91) % 800) });
    if (size) await page.setViewportSize(size);
    for (let round = 0; round < 3; round++) for (const tab of TABS) await at(`tab-${tab}`).click();
    for (let round = 0; round < 2; round++) {
      await page.reload();
      await view.phase('running');
    }
    const before = await view.blocks();
    await expect.poll(() => view.blocks(), { timeout: 30_000 }).toBeGreaterThan(before);
  });

  it('press Start and Stop faster than anything can start', async () => {
    const { page } = app();
    await page
      .locator('main')
      .first()
      .click({ position: { x: 2, y: 2 } });
    for (let press = 0; press < 16; press++) await page.keyboard.press('Space');
    await expect
      .poll(
        async () => {
          if ((await settled()) === 'running') await page.keyboard.press('Space');
          return settled();
        },
        { timeout: 30_000 },
      )
      .toBe('ended');
    expect(await at('count-threads').inputValue()).toBe('0');
    await at('start').waitFor();
  });

  it.runIf(process.platform === 'linux')('leave no worker behind', async () => {
    const forked = (): number => descendants(process.pid).length;
    await view.start();
    await view.phase('running');
    await view.rows(Number(await at('count-processes').inputValue()));
    const during = forked();
    await view.stop();
    await view.phase('ended');
    await expect.poll(forked, { timeout: 30_000 }).toBeLessThan(during);
  });

  neverComplained();
});
