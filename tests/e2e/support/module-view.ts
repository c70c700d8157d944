import type { Page } from 'playwright-core';

/** A person's hands and eyes on the card of the user's own module. */
export interface ModuleView {
  /** Presses the card; on the desktop that asks for a file where none is named yet. */
  press(): Promise<void>;
  change(): Promise<void>;
  again(): Promise<void>;
  /** Waits until a module was found good, and answers what stands in the card. */
  found(text: string): Promise<void>;
  /** Waits until it was found wrong, with this among what is said. */
  fault(text: string | RegExp): Promise<void>;
  place(): Promise<string | null>;
}

const WAIT_MS = 30_000;

export function moduleView(page: Page): ModuleView {
  const at = (testid: string) => page.getByTestId(testid);
  return {
    press: () => at('workload-card-custom').click(),
    change: () => at('module-choose').click(),
    again: () => at('module-again').click(),
    found: (text) => at('module').filter({ hasText: text }).getByTestId('module-found').waitFor({ timeout: WAIT_MS }),
    fault: (text) => at('module-fault').filter({ hasText: text }).waitFor({ timeout: WAIT_MS }),
    place: () => at('module-place').textContent(),
  };
}
