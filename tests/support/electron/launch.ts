import type { ChildProcess } from 'node:child_process';
import type { Page } from 'playwright-core';
import { Display, type DisplayOptions } from './display';
import { Link } from './link';
import { startMain, type MainOptions, type MainProcess } from './start-main';

export interface StandInOptions extends DisplayOptions, MainOptions {}

/** A built main process that runs in plain Node, with a Chromium for its windows. */
export interface StandIn extends MainProcess {
  firstWindow(): Promise<Page>;
  pages(): Page[];
  /** Runs a function in the main process with Electron and one argument; it sees nothing of the test around it. */
  evaluate<Argument, Result>(
    run: (electron: never, argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result>;
  /** Ends the user's session as the system does: as on Windows, or as elsewhere. */
  endSession(system: 'windows' | 'posix'): void;
  /** Says where the files lie that are dropped on a page next: Chromium tells no page. */
  expectDrop(page: Page, paths: readonly string[]): Promise<void>;
  /** Ends the process if it still runs, and the browser. Idempotent. */
  dispose(): Promise<void>;
}

function portOf(child: ChildProcess): ConstructorParameters<typeof Link>[0] {
  return {
    send: (message) => {
      if (child.connected) child.send(message as object, () => undefined);
    },
    listen: (receive) => child.on('message', receive),
  };
}

export async function launchStandIn(options: StandInOptions): Promise<StandIn> {
  const display = await Display.open(options);
  const main = startMain(options);
  const link = new Link(portOf(main.process), display.handlers as Record<string, (argument: never) => unknown>);
  display.attach(link);

  const exited = main.exited.then((exit) => {
    link.close(`The main process has ended. It wrote: ${main.output()}`);
    return exit;
  });
  const closed = exited.then(() => display.close());
  closed.catch(() => undefined);

  return {
    ...main,
    exited,
    firstWindow: () =>
      Promise.race([
        display.firstPage(),
        exited.then(() =>
          Promise.reject(new Error(`The main process ended before it opened a window: ${main.output()}`)),
        ),
      ]),
    pages: () => display.pages(),
    evaluate: (run, argument) => link.request('evaluate', { source: run.toString(), argument }),
    endSession: (system) => {
      // Not answered where it ends the process.
      link.request('end-session', { windows: system === 'windows' }).catch(() => undefined);
    },
    expectDrop: (page, paths) => display.expectDrop(page, paths),
    dispose: async () => {
      await main.dispose();
      await closed;
    },
  };
}
