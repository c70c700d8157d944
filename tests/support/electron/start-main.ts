import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { DESKTOP_NODE, ROOT } from '../paths';
import { STAND_IN_START } from './build';
import { install } from './installation';
import { packageApp } from './package-app';

export interface MainOptions {
  /** The folder of the app, with its package.json; default: this one. */
  app?: string;
  /** Runs this app as a package instead, installed in a place of its own. */
  packaged?: boolean;
  env?: NodeJS.ProcessEnv;
}

interface MainExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A main process under the stand-in. */
export interface MainProcess {
  process: ChildProcess;
  exited: Promise<MainExit>;
  /** Everything it wrote. */
  output(): string;
  /** The arguments of each window that Electron would have opened for a process that was to run as Node. */
  takeWindows(): string[];
  /** Ends it if it still runs, and removes what was installed for it. Idempotent. */
  dispose(): Promise<void>;
}

/** Starts the main process of an app in plain Node, which takes itself for Electron. */
export function startMain(options: MainOptions): MainProcess {
  const installation = install(options.packaged ? 'coreloom' : 'electron');
  if (options.packaged) packageApp(installation.resources);
  const child = fork(STAND_IN_START, [installation.program, ...(options.packaged ? [] : [options.app ?? ROOT])], {
    // A package is started from anywhere.
    cwd: options.packaged ? installation.resources : ROOT,
    // Inherited, it would make Electron a Node.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: undefined, ...options.env },
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
  const exited = once(child, 'exit').then(([code, signal]: unknown[]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
  }));
  return {
    process: child,
    exited,
    output: () => written,
    takeWindows: installation.takeWindows,
    dispose: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await exited;
      installation.remove();
    },
  };
}
