import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Page } from 'playwright-core';
import { DESKTOP_NODE, ROOT } from '../paths';
import { STAND_IN_START } from './build';
import { Display, type DisplayOptions } from './display';
import { Link } from './link';

export interface StandInOptions extends DisplayOptions {
  /** The built main module. */
  main: string;
  env?: NodeJS.ProcessEnv;
}

/** A built main process that runs in plain Node, with a Chromium for its windows. */
export interface StandIn {
  process: ChildProcess;
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
  /** Exit code and signal, once it has ended. */
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Everything it wrote. */
  output(): string;
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
  const child = fork(STAND_IN_START, [options.main], {
    cwd: ROOT,
    env: { ...process.env, ...options.env },
    execPath: DESKTOP_NODE,
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      written += text;
    });
  }
  const link = new Link(portOf(child), display.handlers as Record<string, (argument: never) => unknown>);
  display.attach(link);

  const exited = once(child, 'exit').then(([code, signal]: unknown[]) => {
    link.close(`The main process has ended. It wrote: ${written}`);
    return { code: code as number | null, signal: signal as NodeJS.Signals | null };
  });
  const closed = exited.then(() => display.close());
  closed.catch(() => undefined);

  return {
    process: child,
    firstWindow: () =>
      Promise.race([
        display.firstPage(),
        exited.then(() => Promise.reject(new Error(`The main process ended before it opened a window: ${written}`))),
      ]),
    pages: () => display.pages(),
    evaluate: (run, argument) => link.request('evaluate', { source: run.toString(), argument }),
    endSession: (system) => {
      // Not answered where it ends the process.
      link.request('end-session', { windows: system === 'windows' }).catch(() => undefined);
    },
    expectDrop: (page, paths) => display.expectDrop(page, paths),
    exited,
    output: () => written,
    dispose: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await closed;
    },
  };
}
