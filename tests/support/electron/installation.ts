import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DESKTOP_NODE } from '../paths';
import { STAND_IN_NODE } from './build';
import { watchWindows } from './opened-windows';

/** What stands where Electron's files would lie. */
export interface Installation {
  /** In the place of Electron's binary: a Node under ELECTRON_RUN_AS_NODE, else it only notes that a window was opened. */
  program: string;
  resources: string;
  /** The arguments of each window that this program has opened since it was last asked. */
  takeWindows(): string[];
  remove(): void;
}

const inShell = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/**
 * Written as a program of the shell, so that what starts it by its path starts it as the system does. Windows has no such
 * programs: there it is Node itself, and no window is noted.
 */
function writeProgram(program: string, resources: string, log: string): void {
  if (process.platform === 'win32') {
    linkSync(DESKTOP_NODE, program);
    return;
  }
  const preload = join(dirname(program), 'as-node.cjs');
  const self = JSON.stringify({ program, resources });
  writeFileSync(preload, `require(${JSON.stringify(STAND_IN_NODE)}).runAsNode(${self}, __filename);\n`);
  const lines = [
    '#!/bin/sh',
    `[ -n "$ELECTRON_RUN_AS_NODE" ] && exec ${inShell(DESKTOP_NODE)} --require ${inShell(preload)} "$@"`,
    `echo "window $*" >>${inShell(log)}`,
    'exit 1',
  ];
  writeFileSync(program, `${lines.join('\n')}\n`, { mode: 0o755 });
}

/** Installs the stand-in in a folder of its own; `name` is that of its program, `electron` unless an app is packaged. */
export function install(name = 'electron'): Installation {
  const folder = mkdtempSync(join(tmpdir(), 'coreloom-installed-'));
  const log = join(folder, 'windows');
  const program = join(folder, process.platform === 'win32' ? `${name}.exe` : name);
  const resources = join(folder, 'resources');
  mkdirSync(resources);
  writeProgram(program, resources, log);
  const takeWindows = (): string[] => {
    if (!existsSync(log)) return [];
    const windows = readFileSync(log, 'utf8').split('\n').slice(0, -1);
    truncateSync(log);
    return windows;
  };
  const stopWatching = watchWindows(takeWindows);
  return {
    program,
    resources,
    takeWindows,
    remove() {
      stopWatching();
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
