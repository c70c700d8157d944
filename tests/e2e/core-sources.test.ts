import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CrossCheck, Sample, ServerFrame } from '../../src/contract';
import type { App } from './support/app';
import type { BridgedWindow } from './support/call';
import { liveView } from './support/live-view';
import { launchWeb } from './support/web';
import { handsOn, HOSTS } from './support/views';
import { asLive } from '../support/live-report';

type Watched = Window & { samples?: Sample[]; printed?: [number, string][] };

/** What is printed on a canvas from now on: percentages with their place. */
const watchPrinting = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const watched = window as Watched;
    watched.printed = [];
    const proto = CanvasRenderingContext2D.prototype;
    const fillText = proto.fillText;
    proto.fillText = function (text: string, x: number, y: number) {
      if (text.endsWith(' %'))
        watched.printed = [...(watched.printed ?? []), [y * 10_000 + x, text] as [number, string]].slice(-200);
      fillText.call(this, text, x, y);
    };
  });

/** The samples as they come over the host's own way to the page. */
async function watchSamples({ host, page }: App): Promise<() => Promise<Sample[]>> {
  if (host !== 'web') {
    await page.evaluate(() => {
      const watched = window as Watched;
      watched.samples = [];
      (window as unknown as BridgedWindow).coreloom.on((event) => {
        if (event.type === 'sample') watched.samples?.push(event.sample);
      });
    });
    return () => page.evaluate(() => (window as Watched).samples ?? []);
  }
  const samples: Sample[] = [];
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      const frame = JSON.parse(String(payload)) as ServerFrame;
      if (frame.type === 'event' && frame.event.type === 'sample') samples.push(frame.event.sample);
    });
  });
  await page.reload();
  return () => Promise.resolve(samples);
}

const shares = (page: Page): Promise<(number | null)[]> =>
  page
    .getByTestId('core-shares')
    .locator('li')
    .evaluateAll((items) =>
      items
        .map((item) => item.getAttribute('data-share'))
        .map((share) => (share === '' || share === null ? null : Number(share))),
    );
/** The percentages that stand on the canvas now, from left to right and from top to bottom. */
const onCanvas = (page: Page, cores: number): Promise<string[]> =>
  page.evaluate(
    (count) =>
      [...new Map((window as Watched).printed ?? [])]
        .sort(([a], [b]) => a - b)
        .slice(0, count)
        .map(([, text]) => text),
    cores,
  );
const asText = (share: number | null): string => `${String(Math.round((share ?? NaN) * 100))} %`;
const drawnAs = (page: Page, bars: string, printed: string): Promise<unknown> =>
  page.waitForSelector(`[data-testid="cores"][data-bars="${bars}"][data-printed="${printed}"]`, {
    state: 'attached',
    timeout: 30_000,
  });

describe.each(HOSTS)('per-core utilization in %s', (_name, launch) => {
  const { app, at, exported, neverComplained } = handsOn(launch);
  let samples: () => Promise<Sample[]>;
  const readings = async (): Promise<CrossCheck[]> => (await samples()).flatMap(({ crossCheck }) => crossCheck ?? []);

  beforeAll(async () => {
    samples = await watchSamples(app());
  });

  /** Waits until a reading came that was not there before, stands in the page, and is on the canvas. */
  async function nextPrinted(): Promise<CrossCheck> {
    const before = (await readings()).length;
    await expect.poll(async () => (await readings()).length, { timeout: 30_000 }).toBeGreaterThan(before);
    let found: CrossCheck | undefined;
    await expect
      .poll(
        async () => {
          const [printed, canvas] = [
            await shares(app().page),
            await onCanvas(app().page, (await shares(app().page)).length),
          ];
          found = (await readings())
            .slice(before)
            .find(({ utilization }) => JSON.stringify(utilization) === JSON.stringify(printed));
          return found !== undefined && JSON.stringify(canvas) === JSON.stringify(found.utilization.map(asText));
        },
        { timeout: 30_000, interval: 60 },
      )
      .toBe(true);
    if (!found) throw new Error('No reading is printed.');
    return found;
  }

  it('prints what systeminformation said of each core, second by second, while a run is on', async () => {
    const view = liveView(app().page);
    await view.pick('sha256');
    await view.drag('threads', 1);
    await view.drag('processes', 1);
    await watchPrinting(app().page);
    await view.start();
    await view.phase('running');
    await drawnAs(app().page, 'kernel', 'systeminformation');
    const [first, second] = [await nextPrinted(), await nextPrinted()];
    expect(second.toMs).toBeGreaterThan(first.toMs);
    expect(second.toMs - second.fromMs).toBeGreaterThan(300);
    expect(await at('cores-apart').textContent()).toMatch(/points apart on average/);
  });

  it('prints what the kernel counted where that is asked for, and systeminformation again', async () => {
    await at('core-source-kernel').check({ force: true });
    await drawnAs(app().page, 'kernel', 'kernel');
    // The mean of the samples of a second, to the last digit but for the rounding of sums.
    await expect
      .poll(
        async () => {
          const printed = await shares(app().page);
          const all = await samples();
          return all.some((newest) => {
            const within = all.filter(({ atMs }) => atMs <= newest.atMs && atMs > newest.atMs - 1000 - 400);
            return (
              printed.length === newest.cores.length &&
              printed.every(
                (share, core) => share !== null && Math.abs(share - meanOver(within, core, newest.atMs)) < 1e-4,
              )
            );
          });
        },
        { timeout: 30_000, interval: 100 },
      )
      .toBe(true);
    await at('core-source-systeminformation').check({ force: true });
    await drawnAs(app().page, 'systeminformation', 'systeminformation');
    await nextPrinted();
    await at('core-source-both').check({ force: true });
  });

  it('prints them again after a reload in the middle of the run', async () => {
    samples = await watchSamples(app());
    if (app().host !== 'web') {
      await app().page.reload();
      samples = await watchSamples(app());
    }
    await liveView(app().page).phase('running');
    await drawnAs(app().page, 'kernel', 'systeminformation');
    await watchPrinting(app().page);
    await nextPrinted();
  });

  it('has the same readings in the report, and how far the two were apart', async () => {
    const seen = await readings();
    await liveView(app().page).stop();
    await liveView(app().page).phase('ended');
    const { samples: table } = asLive((await exported()).report);
    const last = seen.at(-1);
    const columns = table.crossCheck.atMs.map((_, row) => table.crossCheck.utilization.map((column) => column[row]));
    expect(columns).toContainEqual(
      last?.utilization.map((share) => (share === null ? null : Math.round(share * 1e4) / 1e4)),
    );
    expect(table.crossCheck.cores?.map(({ core }) => core)).toEqual(last?.cores);
    expect(
      table.crossCheck.cores?.every(
        ({ readings: count, meanApart }) => count === table.crossCheck.atMs.length && meanApart !== null,
      ),
    ).toBe(true);
  });

  neverComplained();
});

function meanOver(samples: readonly Sample[], core: number, endMs: number): number {
  let [sum, covered] = [0, 0];
  for (const { atMs, intervalMs, utilization } of samples) {
    const overlap = Math.min(atMs, endMs) - Math.max(atMs - intervalMs, endMs - 1000);
    if (overlap <= 0) continue;
    sum += (utilization[core] ?? NaN) * overlap;
    covered += overlap;
  }
  return sum / covered;
}

describe('per-core utilization in the browser, with one source alone', () => {
  const { app, at } = handsOn(() => launchWeb());

  /** The host's frames as if one of the two sources were not there. */
  async function without(source: 'systeminformation' | 'kernel'): Promise<void> {
    const strip = (key: string, value: unknown): unknown => {
      if (source === 'systeminformation') return key === 'crossCheck' ? null : value;
      if (typeof value !== 'object' || value === null || !('crossCheck' in value)) return value;
      return { ...value, cores: [], utilization: [], byExecutor: null };
    };
    await app().page.unrouteAll();
    await app().page.routeWebSocket(/.*/, (page) => {
      const server = page.connectToServer();
      server.onMessage((text) => {
        page.send(JSON.stringify(JSON.parse(String(text), strip)));
      });
    });
    await app().page.reload();
  }

  it('is the kernel’s where systeminformation says nothing, and that is said', async () => {
    await without('systeminformation');
    await app().page.waitForSelector('[data-testid="cores-apart"][data-missing="true"]', { timeout: 30_000 });
    await drawnAs(app().page, 'kernel', 'kernel');
    expect(await at('cores-apart').textContent()).toMatch(
      /systeminformation gives no data here: the percentages are the kernel’s/,
    );
    expect((await shares(app().page)).every((share) => share !== null && share >= 0 && share <= 1)).toBe(true);
  });

  it('is systeminformation’s where the kernel’s counters are not there, and that is said', async () => {
    await without('kernel');
    await drawnAs(app().page, 'systeminformation', 'systeminformation');
    expect(await at('cores-apart').textContent()).toMatch(/The kernel’s counters are not available here/);
    await expect
      .poll(async () => (await shares(app().page)).filter((share) => share !== null).length)
      .toBeGreaterThan(0);
  });
});
