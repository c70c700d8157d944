import type { SpawnOptions } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { OUT } from '../support/paths';
import { temporaryFolder } from '../support/folder';
import { start, type Running } from '../support/processes';

export const COMMAND = join(OUT, 'main', 'cli.js');

/** The built command as a real process with a data folder of its own. */
export function coreloom(
  args: readonly string[],
  options: SpawnOptions & { home?: string } = {},
): Running & { home: string } {
  const home = options.home ?? temporaryFolder();
  const env = { ...process.env, CORELOOM_HOME: home, ...options.env };
  return { ...start(process.execPath, [COMMAND, ...args], { ...options, env }), home };
}

/** The reports in a data folder. */
export function savedReports(home: string): string[] {
  const folder = join(home, 'reports');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
    .map((name) => join(folder, name));
}
