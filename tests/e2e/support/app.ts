import type { Page } from 'playwright-core';
import type { DialogAnswer, DialogRecord } from './dialogs';
import type { HostName } from './host';

/** What a test needs of an app, whichever host it runs on. */
export interface App {
  host: HostName;
  page: Page;
  /** Where this app keeps its reports and settings: a folder of its own unless the test named one. */
  home: string;
  /** Does what exports a report (a click), and answers the file that came of it: save dialog or download. */
  takeExport(trigger: () => Promise<void>): Promise<{ fileName: string; text: string }>;
  /** Drops files on the page, as a person's mouse does. */
  drop(...paths: string[]): Promise<void>;
  /** Ends the app and all it started. Idempotent. */
  close(): Promise<void>;
}

export interface DesktopApp extends App {
  host: 'electron' | 'stand-in';
  pid: number;
  pages(): Page[];
  /** Answers the dialog that waits, or the next one that opens. */
  answerNextDialog(answer: DialogAnswer): Promise<void>;
  /** Every dialog opened so far. */
  dialogs(): Promise<DialogRecord[]>;
  /** Pages that would have been opened outside the app. */
  openedOutside(): Promise<string[]>;
  /** Clicks a menu entry by the labels (or roles) that lead to it. */
  clickMenu(...path: string[]): Promise<void>;
  /** Runs a function in the main process with Electron's modules; it sees nothing of the test around it. */
  evaluateMain<Result>(run: (electron: typeof Electron) => Result | Promise<Result>): Promise<Result>;
  evaluateMain<Result, Argument>(
    run: (electron: typeof Electron, argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result>;
  /** Starts the app a second time, as a user would; answers how that one ended. */
  launchAgain(): Promise<{ code: number | null }>;
  kill(signal: NodeJS.Signals): void;
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** What the launch of a desktop answers, on Electron and on its stand-in. */
export type Host = Pick<DesktopApp, 'page' | 'pid' | 'pages' | 'kill' | 'exited' | 'launchAgain' | 'drop'> & {
  evaluate<Argument, Result>(
    run: (electron: never, argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result>;
  dispose(): Promise<void>;
};

export interface LaunchOptions {
  /** Of the web host: what stands behind `serve` on its command line. */
  serve?: string[];
  home?: string;
  env?: NodeJS.ProcessEnv;
  colorScheme?: 'dark' | 'light';
  /** Of the desktop: installs it as a package first; on the stand-in alone. */
  packaged?: boolean;
}
