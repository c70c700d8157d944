import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { _electron, type ElectronApplication } from 'playwright-core';
import { findElectron } from '../../../scripts/find-electron.mjs';
import { ROOT } from '../../support/paths';
import type { Host, LaunchOptions } from './app';
import { dropFiles } from './drop';

/** Electron runs as users run it; without its sandbox only if the person who runs the tests has asked for that. */
const noSandbox = process.env['CORELOOM_DESKTOP_NO_SANDBOX'] === '1';

const electronBinary = (): string => findElectron({ root: ROOT }) ?? '';

/** Launches the built app on Electron itself, by Playwright. */
export async function launchReal(env: NodeJS.ProcessEnv, options: LaunchOptions): Promise<Host> {
  const realEnv = Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const app = await _electron.launch({
    args: [ROOT],
    executablePath: electronBinary(),
    // Playwright would add --no-sandbox by itself.
    chromiumSandbox: !noSandbox,
    env: realEnv,
    colorScheme: options.colorScheme ?? 'dark',
  });
  try {
    return await hostOf(app, realEnv);
  } catch (error) {
    await app.close();
    throw error;
  }
}

async function hostOf(app: ElectronApplication, env: NodeJS.ProcessEnv): Promise<Host> {
  const exited = once(app.process(), 'exit').then(([code, signal]: unknown[]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
  }));
  const page = await app.firstWindow();
  await page.waitForURL((url) => url.href !== 'about:blank');
  await page.getByTestId('tab-live').click();
  // On Windows Playwright starts it by a shell, whose process is not the app's.
  const pid = await app.evaluate(() => process.pid);
  return {
    page,
    drop: (...paths) => dropFiles(page, paths),
    pid,
    pages: () => app.windows(),
    kill: (signal) => process.kill(pid, signal),
    launchAgain: () => launchAgain(env),
    exited,
    evaluate: (run, argument) => app.evaluate(run as never, argument) as never,
    dispose: () => app.close(),
  };
}

async function launchAgain(env: NodeJS.ProcessEnv): Promise<{ code: number | null }> {
  const words = [...(noSandbox ? ['--no-sandbox'] : []), ROOT];
  const [code] = (await once(spawn(electronBinary(), words, { env, stdio: 'ignore' }), 'exit')) as [number | null];
  return { code };
}
