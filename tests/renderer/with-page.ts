import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { launchChromium } from '../support/chromium';
import { OUT } from '../support/paths';
import type { FakeOptions } from './fake/options';
import { bundleFake, openPage, serveRenderer, type OpenOptions } from './page';

export type WithPage = (
  options: Partial<FakeOptions>,
  act: (page: Page) => Promise<void>,
  context?: OpenOptions['context'],
) => Promise<void>;

/**
 * One browser, one server and one fake engine for the tests of a file. What comes back opens the page, does the thing, and
 * expects that the page complained of nothing. It opens with Live, or with the view that is named.
 */
export function pagesOf(defaults: Partial<FakeOptions>, view?: string): WithPage {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof serveRenderer>>;
  let fake: string;
  beforeAll(async () => {
    [browser, server, fake] = await Promise.all([launchChromium(), serveRenderer(`${OUT}/renderer`), bundleFake()]);
  });
  afterAll(async () => {
    await browser.close();
    await server.close();
  });
  return async (options, act, context) => {
    const { page, problems, close } = await openPage(browser, {
      address: server.address,
      fake,
      options: { historyMs: 22_000, ...defaults, ...options },
      ...(context ? { context } : {}),
      ...(view === undefined ? {} : { view }),
    });
    try {
      await act(page);
      expect(problems).toEqual([]);
    } finally {
      await close();
    }
  };
}
