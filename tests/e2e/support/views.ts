import { parseReportText } from '../../../src/engine/report';
import type { Report } from '../../../src/contract';
import { electronHostName, launchDesktop, launchWeb, type App } from './app';

/** Every host that the views are tested on: its name, and how it is started. */
export const HOSTS: [string, () => Promise<App>][] = [
  [`the desktop (${electronHostName()})`, () => launchDesktop()],
  ['the browser', () => launchWeb()],
];

/** A person's hands on a view of an experiment; `app` is asked each time, as it starts before the tests. */
export function hands(app: () => App) {
  const at = (testid: string) => app().page.getByTestId(testid);
  const faults: string[] = [];
  return {
    at,
    /** Errors of the page, and what it wrote as such. */
    faults,
    listen(): void {
      app().page.on('pageerror', (error) => faults.push(error.message));
      app().page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text());
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
