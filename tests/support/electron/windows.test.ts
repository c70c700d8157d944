import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchTrial, openWindow, type Trial, type TrialApp, type TrialWindow } from './trial';

let app: TrialApp;
const serve = (trial: TrialApp): Promise<void> =>
  trial.main(() => {
    (globalThis as Trial).serve = (request) =>
      new Response(
        request.url.endsWith('/empty')
          ? ''
          : '<title>page</title><p>Hello</p><script>document.title = "a script ran"</script>',
        { headers: { 'content-type': 'text/html' } },
      );
  });
beforeAll(async () => {
  app = await launchTrial();
  await serve(app);
});
afterAll(() => app.dispose());

const open = (path: string, preferences: Electron.WebPreferences = {}): Promise<string | null> =>
  app.main(openWindow, { url: `trial://app/${path}`, preferences });
const names = async (trial = app): Promise<string[]> =>
  (await trial.main(() => (globalThis as Trial).said)).map(([name]) => name);

describe('a window that is not shown', () => {
  it('is ready to be shown once its page has something on it', async () => {
    await open('page');
    await expect.poll(names).toContain('ready-to-show');
  });

  it('is never said to be ready with an empty page', async () => {
    await open('empty');
    await app
      .pages()
      .at(-1)
      ?.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
    expect(await names()).toEqual(['did-navigate', 'did-finish-load']);
  });

  describe('on Wayland', () => {
    let wayland: TrialApp | undefined;
    afterEach(() => wayland?.dispose());

    it('is ready only once it was shown', async () => {
      const trial = (wayland = await launchTrial({ STAND_IN_WAYLAND: '1' }));
      await serve(trial);
      await trial.main(openWindow, { url: 'trial://app/page' });
      await trial
        .pages()
        .at(-1)
        ?.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
      expect(await names(trial)).toEqual(['did-navigate', 'did-finish-load']);
      await trial.main(({ BrowserWindow }) => {
        BrowserWindow.getAllWindows()[0]?.show();
      });
      await expect.poll(() => names(trial)).toContain('ready-to-show');
    });
  });
});

describe('a page without scripts', () => {
  it('runs none, and is printed', async () => {
    await open('page', { javascript: false });
    expect(await app.pages().at(-1)?.title()).toBe('page');
    const printed = await app.main(async ({ BrowserWindow }) => {
      const bytes = await BrowserWindow.getAllWindows()[0]?.webContents.printToPDF({});
      return Buffer.from(bytes ?? []).toString('latin1', 0, 5);
    });
    expect(printed).toBe('%PDF-');
    await open('page');
    expect(await app.pages().at(-1)?.title()).toBe('a script ran');
  });
});

describe('a page whose process dies', () => {
  it('is told of with its reason, and loaded again in another', async () => {
    await open('page');
    await app.main(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
    });
    await expect.poll(names).toContain('render-process-gone');
    const gone = await app.main(({ BrowserWindow }) => {
      const { webContents } = BrowserWindow.getAllWindows()[0] as Electron.BrowserWindow;
      const details = (globalThis as Trial).said.find(([name]) => name === 'render-process-gone')?.[1];
      (globalThis as Trial).said.length = 0;
      webContents.reload();
      return { details, crashed: webContents.isCrashed() };
    });
    expect(gone).toEqual({ details: { reason: 'crashed', exitCode: expect.any(Number) as number }, crashed: true });
    await expect.poll(names).toContain('did-finish-load');
    expect(app.pages()).toHaveLength(1);
    expect(await app.pages()[0]?.title()).toBe('a script ran');
  });
});

describe('the frame that sent a call', () => {
  it('is null once its page has gone', async () => {
    await open('page', { preload: app.preload });
    await app.main(({ BrowserWindow }) => {
      (globalThis as Trial).invoked = async (event) => {
        const frame = event.senderFrame;
        const before = frame?.url ?? null;
        await BrowserWindow.getAllWindows()[0]?.loadURL('trial://app/other');
        let kept: unknown;
        try {
          kept = frame?.url;
        } catch (error) {
          kept = (error as Error).message;
        }
        (globalThis as Trial).said.push(['frames', before, event.senderFrame, kept]);
      };
    });
    void app
      .pages()
      .at(-1)
      ?.evaluate(() => (window as unknown as TrialWindow).trial.invoke())
      .catch(() => undefined);
    await expect.poll(names).toContain('frames');
    const frames = await app.main(() => (globalThis as Trial).said.find(([name]) => name === 'frames'));
    expect(frames).toEqual([
      'frames',
      'trial://app/page',
      null,
      'Render frame was disposed before WebFrameMain could be accessed',
    ]);
  });
});

describe('a window that was destroyed', () => {
  it('throws for whatever is asked of it or its page, but whether it is destroyed', async () => {
    await open('page');
    const answers = await app.main(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows()[0] as Electron.BrowserWindow;
      const { webContents } = window;
      window.destroy();
      const thrown = [
        () => window.webContents,
        () => window.isVisible(),
        () => {
          window.show();
        },
        () => webContents.getURL(),
        () => {
          webContents.send('x');
        },
      ].map((use) => {
        try {
          use();
          return 'nothing';
        } catch (error) {
          return String(error);
        }
      });
      return { thrown: [...new Set(thrown)], destroyed: [window.isDestroyed(), webContents.isDestroyed()] };
    });
    expect(answers).toEqual({ thrown: ['TypeError: Object has been destroyed'], destroyed: [true, true] });
    expect((await names()).slice(-2)).toEqual(['destroyed', 'closed']);
  });
});

describe('a page that does not respond', () => {
  it('is told of by its window, unless it responds at once', async () => {
    await open('page');
    const tell = (name: string): Promise<void> =>
      app.main(({ BrowserWindow }, event) => {
        BrowserWindow.getAllWindows()[0]?.webContents.emit(event);
      }, name);
    await tell('unresponsive');
    await expect.poll(names).toContain('unresponsive');
    await tell('responsive');
    expect((await names()).slice(-2)).toEqual(['unresponsive', 'responsive']);
  });
});
