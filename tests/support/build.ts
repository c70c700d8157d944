import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'electron-vite';
import { buildStandIn } from './electron/build';

/** Each project of a run calls the setup: the first of them builds. */
const BUILT = 'CORELOOM_BUILT_FOR_TESTS';

/**
 * Builds the application once before all tests, unless their caller has just done so; and the stand-in. Nothing
 * that a test does then touches the data of the user who runs it. Answers how to end that.
 */
export default async function setup(): Promise<() => void> {
  const home = mkdtempSync(join(tmpdir(), 'coreloom-home-'));
  process.env['CORELOOM_HOME'] = home;
  if (process.env[BUILT] !== String(process.pid)) await buildAll();
  process.env[BUILT] = String(process.pid);
  return () => {
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  };
}

async function buildAll(): Promise<void> {
  if (process.env['CORELOOM_BUILT'] !== '1') await build({ logLevel: 'warn' });
  if (process.env['CORELOOM_DESKTOP_HOST'] !== 'electron') await buildStandIn();
}
