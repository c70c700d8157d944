import type { Browser, Page } from 'playwright-core';
import { beforeAll, expect } from 'vitest';
import { launchChromium } from '../support/chromium';
import { OUT } from '../support/paths';
import type { FakeOptions } from './fake/options';
import { bundleFake, openPage, serveRenderer, type OpenOptions } from './page';

export type WithPage = (
  options: Partial<FakeOptions>,
  act: (page: Page) => Promise<void>,
  context?: OpenOptions['context'],
) => Promise<void>;

interface Opened {
  browser: Browser;
  address: string;
  fake: string;
}

/** What the files of a test worker share, which ends with its process. */
let shared: Promise<Opened> | undefined;

async function open(): Promise<Opened> {
  const [browser, { address }, fake] = await Promise.all([
    launchChromium(),
    serveRenderer(`${OUT}/renderer`),
    bundleFake(),
  ]);
  return { browser, address, fake };
}

/**
 * What comes back opens a page on a fake engine, in a context of its own, does the thing, and expects that the page complained
 * of nothing. It opens with Live, or with the view that is named.
 */
export function pagesOf(defaults: Partial<FakeOptions>, view?: string): WithPage {
  let opened: Opened;
  beforeAll(async () => {
    opened = await (shared ??= open());
  });
  return async (options, act, context) => {
    const { page, problems, close } = await openPage(opened.browser, {
      address: opened.address,
      fake: opened.fake,
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
