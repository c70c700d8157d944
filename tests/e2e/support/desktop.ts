import { existsSync, mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { launchStandIn } from '../../support/electron/launch';
import type { DesktopApp, Host, LaunchOptions } from './app';
import { clickMenuEntry, giveAnswer, openedDialogs, openedOutside, takeDialogs } from './dialogs';
import { dropFiles } from './drop';
import { electronHostName, noteHost } from './host';
import { launchReal } from './real-electron';

/** How long an app may take to leave by itself before it is ended. */
const LEAVE_MS = 12_000;

/** Launches the built desktop app on real Electron where it is present, else on the stand-in. */
export async function launchDesktop(options: LaunchOptions = {}): Promise<DesktopApp> {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'coreloom-desktop-'));
  // Unset: inherited, the one would make Electron a Node, the other would show a page that is not the built one.
  const env = {
    ...process.env,
    ELECTRON_RUN_AS_NODE: undefined,
    ELECTRON_RENDERER_URL: undefined,
    CORELOOM_HOME: home,
    ...options.env,
  };
  const name = electronHostName();
  noteHost(name);
  const host = await (name === 'electron' ? launchReal(env, options) : launchOnStandIn(env, options));
  await host.evaluate(takeDialogs, undefined);
  return dress(host, { name, home, ownHome: options.home === undefined });
}

async function launchOnStandIn(env: NodeJS.ProcessEnv, options: LaunchOptions): Promise<Host> {
  const app = await launchStandIn({ env, colorScheme: options.colorScheme, packaged: options.packaged });
  try {
    const page = await app.firstWindow();
    await page.waitForURL((url) => url.href !== 'about:blank');
    await page.getByTestId('tab-live').click();
    const drop = async (...paths: string[]): Promise<void> => {
      await app.expectDrop(page, paths);
      await dropFiles(page, paths);
    };
    return {
      ...app,
      page,
      pid: app.process.pid ?? 0,
      kill: (signal) => app.process.kill(signal),
      launchAgain: () => standInAgain(env),
      drop,
    };
  } catch (error) {
    await app.dispose();
    throw error;
  }
}

async function standInAgain(env: NodeJS.ProcessEnv): Promise<{ code: number | null }> {
  const second = await launchStandIn({ env });
  const { code } = await second.exited;
  await second.dispose();
  return { code };
}

function dress(
  host: Host,
  { name, home, ownHome }: { name: DesktopApp['host']; home: string; ownHome: boolean },
): DesktopApp {
  let closing: Promise<void> | null = null;

  const leave = async (): Promise<void> => {
    // A run that is on would be asked about: tests that close have answered already.
    await host.evaluate(giveAnswer, { type: 'message', button: 0 } as const).catch(() => undefined);
    await host
      .evaluate((electron: { app: Electron.App }) => {
        electron.app.quit();
      }, undefined)
      .catch(() => undefined);
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
      host.exited,
      new Promise((resolve) => {
        timer = setTimeout(resolve, LEAVE_MS);
      }),
    ]);
    clearTimeout(timer);
    await host.dispose();
    if (ownHome) await rm(home, { recursive: true, force: true, maxRetries: 3 });
  };

  const app: DesktopApp = {
    ...host,
    host: name,
    home,
    answerNextDialog: (answer) => host.evaluate(giveAnswer, answer),
    dialogs: () => host.evaluate(openedDialogs, undefined),
    openedOutside: () => host.evaluate(openedOutside, undefined),
    clickMenu: (...path) => host.evaluate(clickMenuEntry, path),
    evaluateMain: (run: (electron: never, argument: never) => unknown, argument?: unknown) =>
      host.evaluate(run, argument as never) as never,
    takeExport: async (trigger) => {
      const before = (await app.dialogs()).length;
      const folder = mkdtempSync(join(home, 'export-'));
      await trigger();
      const suggested = await nextSaveDialog(app, before);
      const path = join(folder, basename(suggested));
      await app.answerNextDialog({ type: 'save', path });
      await waitFor(() => existsSync(path));
      return { fileName: basename(suggested), text: await readFile(path, 'utf8') };
    },
    close: () => (closing ??= leave()),
  };
  return app;
}

async function nextSaveDialog(app: DesktopApp, before: number): Promise<string> {
  let suggested: string | undefined;
  await waitFor(async () => {
    const opened = (await app.dialogs()).slice(before).find((dialog) => dialog.type === 'save');
    suggested = opened?.options.defaultPath;
    return suggested !== undefined;
  });
  return suggested ?? '';
}

/** Asks again and again, at short intervals, until it is so. */
export async function waitFor(isSo: () => boolean | Promise<boolean>, withinMs = 15_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`It did not come to be within ${String(withinMs)} ms: ${isSo.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
