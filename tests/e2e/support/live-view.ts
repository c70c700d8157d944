import type { Page } from 'playwright-core';

/** A person's hands and eyes on the Live view. */
export interface LiveView {
  start(): Promise<void>;
  stop(): Promise<void>;
  pick(workload: string): Promise<void>;
  /** Drags a slider with the mouse to a count. */
  drag(executor: 'threads' | 'processes', to: number): Promise<void>;
  /** Waits until the rows of workers are that many. */
  rows(count: number): Promise<void>;
  /** Waits until all cores together are at least that busy, in percent. */
  busy(atLeastPercent: number): Promise<void>;
  /** Waits until the run is in a phase. */
  phase(phase: string): Promise<void>;
  blocks(): Promise<number>;
  /** Opens the export menu and chooses a format. */
  export(format: string): Promise<void>;
}

const WAIT_MS = 30_000;

export function liveView(page: Page): LiveView {
  const at = (testid: string) => page.getByTestId(testid);
  const until = (testid: string, attribute: string, isSo: string): Promise<unknown> =>
    page.waitForSelector(`[data-testid="${testid}"][${attribute}${isSo}]`, { state: 'attached', timeout: WAIT_MS });

  return {
    start: () => at('start').click(),
    stop: () => at('stop').click(),
    async pick(workload) {
      const kind = await at(`workload-card-${workload}`).evaluate((card) =>
        card.closest('[data-kind]')?.getAttribute('data-kind'),
      );
      await at(`kind-${String(kind)}`).click();
      await at(`workload-card-${workload}`).click();
    },

    async drag(executor, to) {
      const slider = at(`slider-${executor}`);
      const [box, range] = await Promise.all([
        slider.boundingBox(),
        slider.evaluate((input) => {
          const { valueAsNumber, min, max } = input as HTMLInputElement;
          // The knob's middle stays half a knob away from either end.
          const knobPx = input.parentElement?.querySelector<HTMLElement>('.knob')?.offsetWidth ?? 0;
          return { from: valueAsNumber, min: Number(min), max: Number(max), knobPx };
        }),
      ]);
      if (box === null) throw new Error(`The slider of ${executor} is not shown.`);
      // Counts stand on a logarithmic scale, on which 0 has a place.
      const share = (value: number): number => Math.log2(value - range.min + 1) / Math.log2(range.max - range.min + 1);
      const x = (value: number): number => box.x + range.knobPx / 2 + share(value) * (box.width - range.knobPx);
      const y = box.y + box.height / 2;
      await page.mouse.move(x(range.from), y);
      await page.mouse.down();
      await page.mouse.move(x(to), y, { steps: 8 });
      await page.mouse.up();
    },

    rows: async (count) => void (await until('workers', 'data-rows', `="${String(count)}"`)),
    async busy(atLeastPercent) {
      await page.waitForFunction(
        (wanted) =>
          Number(document.querySelector('[data-testid="cores"]')?.getAttribute('data-busy-percent') || NaN) >= wanted,
        atLeastPercent,
        { timeout: WAIT_MS },
      );
    },
    phase: async (phase) => void (await until('status', 'data-phase', `="${phase}"`)),
    blocks: async () => Number(await at('workers').getAttribute('data-blocks')),
    async export(format) {
      await at('export').click();
      await at(`export-${format}`).click();
    },
  };
}
