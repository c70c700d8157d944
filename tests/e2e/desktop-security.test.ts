import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DesktopApp } from './support/app';
import { launchDesktop, waitFor } from './support/desktop';
import { reply, type BridgedWindow } from './support/call';

let app: DesktopApp;
beforeAll(async () => {
  app = await launchDesktop();
});
afterAll(() => app?.close());

type Counter = typeof globalThis & { asked?: string[] };

/** Counts the navigations that the page asks for from now on. */
const countNavigations = (): Promise<void> =>
  app.evaluateMain(({ BrowserWindow }) => {
    const asked: string[] = ((globalThis as Counter).asked = []);
    const [window] = BrowserWindow.getAllWindows();
    // Whichever of the two comes first prevents the other.
    window?.webContents.on('will-frame-navigate', (event) => asked.push(event.url));
    window?.webContents.on('will-navigate', (event) => asked.push(event.url));
  });
const navigationsAsked = (): Promise<string[]> => app.evaluateMain(() => (globalThis as Counter).asked ?? []);

describe('the page of the desktop', () => {
  it("is Coreloom's, from its own origin", async () => {
    expect(await app.page.title()).toContain('Coreloom');
    expect(
      await app.evaluateMain(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map((window) => window.webContents.getURL()),
      ),
    ).toEqual(['coreloom://app/index.html']);
  });

  it('runs in the sandbox, as every page of the app must', async () => {
    expect(await app.evaluateMain((electron) => electron.app.commandLine.hasSwitch('enable-sandbox'))).toBe(true);
  });

  it('holds a bridge of call and on, frozen, and nothing of Node or Electron', async () => {
    const seen = await app.page.evaluate(() => {
      const { coreloom, ...rest } = window as unknown as BridgedWindow & Record<string, unknown>;
      return {
        bridge: Object.keys(coreloom),
        frozen: Object.isFrozen(coreloom),
        replaceable: Reflect.set(window, 'coreloom', null),
        foreign: ['require', 'module', 'process', 'Buffer', 'ipcRenderer', 'electron', 'global'].filter(
          (name) => name in rest || name in window,
        ),
      };
    });
    expect(seen).toEqual({ bridge: ['call', 'on'], frozen: true, replaceable: false, foreign: [] });
  });

  it('gets a reply with a code for a wrong name or argument', async () => {
    for (const name of ['nope', '__proto__', ''])
      expect(await reply(app.page, name, null)).toMatchObject({ ok: false, error: { code: 'unknown-command' } });
    for (const argument of [
      null,
      7,
      {},
      { kind: 'live', workload: 'sha256', workers: { threads: NaN } },
      { kind: 'live', workload: 'sha256', workers: {}, more: 1 },
    ]) {
      expect(await reply(app.page, 'startExperiment', argument)).toMatchObject({
        ok: false,
        error: { code: 'bad-input' },
      });
    }
  });

  it('cannot send what is not plain data', async () => {
    const refusals = await app.page.evaluate(() => {
      const { coreloom } = window as unknown as BridgedWindow;
      const attempts = [document.body, Symbol('x'), new Proxy({}, {}), { a: () => 1 }, new Blob(['a'])];
      return Promise.all(
        attempts.map((attempt) =>
          Promise.resolve()
            .then(() => coreloom.call('getState', attempt))
            .then(
              (answer) => answer.ok,
              () => false,
            ),
        ),
      );
    });
    expect(refusals).toEqual([false, false, false, false, false]);
  });

  it('may run its own scripts only, and speak to its own origin only', async () => {
    const violated = await app.page.evaluate(async () => {
      const found: string[] = [];
      const all = new Promise<void>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => {
          found.push(event.effectiveDirective);
          if (found.length === 6) resolve();
        });
      });
      const add = (tag: string, set: (element: HTMLElement) => void): void => {
        const element = document.createElement(tag);
        set(element);
        document.body.append(element);
      };
      add('script', (element) => {
        element.textContent = 'window.injected = true';
      });
      add('style', (element) => {
        element.textContent = 'body { color: red }';
      });
      add('iframe', (element) => {
        element.setAttribute('src', 'https://example.com/');
      });
      add('img', (element) => {
        element.setAttribute('src', 'https://example.com/a.png');
      });
      add('base', (element) => {
        element.setAttribute('href', 'https://example.com/');
      });
      await fetch('https://example.com/').catch(() => undefined);
      await Promise.race([all, new Promise((resolve) => setTimeout(resolve, 5000))]);
      return { found: found.sort(), injected: 'injected' in window };
    });
    expect(violated).toEqual({
      found: ['base-uri', 'connect-src', 'frame-src', 'img-src', 'script-src-elem', 'style-src-elem'],
      injected: false,
    });
  });

  it('may not turn text into code', async () => {
    // Not within the test's own evaluation, which may.
    const outcome = await app.page.evaluate(
      () =>
        new Promise((resolve) =>
          setTimeout(() => {
            try {
              resolve(new Function('return 1')());
            } catch (error) {
              resolve((error as Error).name);
            }
          }, 0),
        ),
    );
    expect(outcome).toBe('EvalError');
  });

  it.each(['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'])(
    'has no permission for %s',
    async (name) => {
      const state = await app.page.evaluate(
        async (permission) => (await navigator.permissions.query({ name: permission as PermissionName })).state,
        name,
      );
      expect(state).toBe('denied');
    },
  );

  it('stays where it is', async () => {
    await countNavigations();
    const targets = ['https://example.com/', 'http://127.0.0.1:9/'];
    for (const [index, target] of targets.entries()) {
      await app.page.evaluate((url) => {
        location.href = url;
      }, target);
      await waitFor(async () => new Set(await navigationsAsked()).size === index + 1);
    }
    expect([...new Set(await navigationsAsked())]).toEqual(targets);
    expect(await reply(app.page, 'getState', null)).toMatchObject({ ok: true });
    expect(await app.page.title()).toContain('Coreloom');
  });

  it('opens no further window', async () => {
    const popup = app.page.waitForEvent('popup', { timeout: 1000 }).catch(() => null);
    await app.page.evaluate(() => {
      window.open('https://example.com/');
      const link = document.createElement('a');
      link.href = 'https://example.com/';
      link.target = '_blank';
      link.rel = 'noopener';
      document.body.append(link);
      link.click();
    });
    // Electron opens none; on the stand-in it is closed as soon as it has been denied.
    await popup;
    await waitFor(() => app.pages().length === 1);
    expect(await app.evaluateMain(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  it('may reload itself, and still speaks to the engine', async () => {
    await app.page.evaluate(() => {
      (window as unknown as { before: boolean }).before = true;
    });
    await app.page.evaluate(() => {
      location.reload();
    });
    await app.page.waitForFunction(() => !('before' in window) && 'coreloom' in window);
    expect(await reply(app.page, 'getState', null)).toMatchObject({ ok: true });
  });

  // Last: it leaves a foreign page in the window.
  it("is refused once it is not Coreloom's any more", async () => {
    await app.evaluateMain(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.loadURL('data:text/html,<title>foreign</title>'),
    );
    await app.page.waitForFunction(() => document.title === 'foreign');
    expect(await reply(app.page, 'getState', null)).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  });
});
