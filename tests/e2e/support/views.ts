import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseReportText } from '../../../src/engine/reports/any-kind';
import type { Report } from '../../../src/contract';
import { problemsOf } from '../../support/page-problems';
import type { App } from './app';
import { launchDesktop } from './desktop';
import { electronHostName } from './host';
import { launchWeb } from './web';

const browser: [string, () => Promise<App>] = ['the browser', () => launchWeb()];

/** Every host that the views are tested on, or the desktop alone where that is checked: its name, and how it is started. */
export const HOSTS: [string, () => Promise<App>][] = [
  [`the desktop (${electronHostName()})`, () => launchDesktop()],
  ...(process.env['CORELOOM_DESKTOP_ALONE'] === '1' ? [] : [browser]),
];

/** An app for the tests of a block, and a person's hands on it: it starts before them, and ends after them. */
export function handsOn(launch: () => Promise<App>) {
  let launched: App;
  const problems: string[] = [];
  beforeAll(async () => {
    launched = await launch();
    problemsOf(launched.page, { problems });
  });
  afterAll(() => launched?.close());
  const app = (): App => launched;
  const at = (testid: string): Locator => app().page.getByTestId(testid);
  return {
    app,
    at,
    /** The last test of a block: nothing before it made the page complain. */
    neverComplained(): void {
      it('did all that without an error in its page', () => {
        expect(problems).toEqual([]);
      });
    },
    async fill(testid: string, value: string): Promise<void> {
      await at(testid).fill(value);
      await at(testid).press('Enter');
    },
    /** Leaves Node's sequential and threads among the contenders, where they are offered. */
    async threadsAlone(): Promise<void> {
      for (const name of ['processes', 'python-threads', 'python-processes']) {
        const box = at(`contender-${name}`);
        if ((await box.count()) > 0 && (await box.isEnabled()) && (await box.isChecked())) await box.uncheck();
      }
    },
    /** Exports the report that is shown as JSON. */
    async exported(): Promise<{ fileName: string; report: Report }> {
      const { fileName, text } = await app().takeExport(async () => {
        await at('export').click();
        await at('export-json').click();
      });
      return { fileName, report: parseReportText(text) };
    },
  };
}
