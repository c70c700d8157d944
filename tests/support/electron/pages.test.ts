import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchTrial, openWindow, type Trial, type TrialApp } from './trial';

let app: TrialApp;
beforeAll(async () => {
  app = await launchTrial();
  await app.main(() => {
    (globalThis as Trial).serve = async (request) => {
      const { pathname } = new URL(request.url);
      const typed = (type: string): ResponseInit => ({ headers: { 'content-type': type } });
      const stream = (end: (controller: ReadableStreamDefaultController<unknown>) => void): ReadableStream =>
        new ReadableStream({
          start(controller) {
            controller.enqueue(new TextEncoder().encode('<title>first'));
            end(controller);
          },
        });
      switch (pathname) {
        case '/missing':
          return new Response('<title>no such page</title>', { status: 404, ...typed('text/html') });
        case '/untyped':
          return new Response(new TextEncoder().encode('<title>untyped</title>'));
        case '/stream':
          return new Response(
            stream((controller) => {
              controller.enqueue(new TextEncoder().encode(' and second</title>'));
              controller.close();
            }),
          );
        case '/broken':
          return new Response(
            stream((controller) => {
              controller.error(new Error('It broke.'));
            }),
          );
        case '/text':
          return new Response(
            stream((controller) => {
              controller.enqueue('text');
              controller.close();
            }),
          );
        case '/error':
          return Response.error();
        case '/nothing':
          return undefined as unknown as Response;
        case '/throws':
          throw new Error('No answer.');
        case '/range':
          return new Response('bcd', {
            status: 206,
            headers: { 'content-range': `bytes 1-3/26`, asked: request.headers.get('range') ?? '' },
          });
        case '/asked':
          return Response.json({
            url: request.url,
            method: request.method,
            body: await request.text(),
            headers: Object.fromEntries(request.headers),
          });
        case '/cookie':
          return new Response('<title>x</title>', { headers: { 'set-cookie': 'a=b', 'content-type': 'text/html' } });
        case '/empty':
          return new Response('', typed('text/html'));
        default:
          return new Response('<title>page</title><p>Hello</p>', typed('text/html'));
      }
    };
  });
});
afterAll(() => app.dispose());

const open = (url: string): Promise<string | null> => app.main(openWindow, { url });
const said = (): Promise<Trial['said']> => app.main(() => (globalThis as Trial).said);
const names = async (): Promise<string[]> => (await said()).map(([name]) => name);
const title = (): Promise<string | undefined> => Promise.resolve(app.pages().at(-1)?.title());

/** Asks as a page of the scheme does that uses XMLHttpRequest. */
function asked(url: string, method = 'GET', headers: Record<string, string> = {}, body: string | null = null) {
  return app
    .pages()
    .at(-1)
    ?.evaluate(
      ({ url, method, headers, body }) =>
        new Promise<{ status: number; text: string; header: Record<string, string | null> }>((resolve) => {
          const request = new XMLHttpRequest();
          request.open(method, url);
          for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
          request.onloadend = () => {
            const header = Object.fromEntries(
              ['content-range', 'asked', 'set-cookie'].map((name) => [name, request.getResponseHeader(name)]),
            );
            resolve({ status: request.status, text: request.responseText, header });
          };
          request.send(body);
        }),
      { url, method, headers, body },
    );
}

describe('a custom scheme', () => {
  it('is registered before the app is ready, once, and handled once it is', async () => {
    const refused = await app.main(({ protocol }) => {
      const messages: string[] = [];
      for (const use of [
        () => {
          protocol.registerSchemesAsPrivileged([{ scheme: 'late' }]);
        },
        () => {
          protocol.handle('trial', () => new Response(''));
        },
      ])
        try {
          use();
        } catch (error) {
          messages.push((error as Error).message);
        }
      return { messages, early: (globalThis as Trial).tooEarly };
    });
    expect(refused.messages).toEqual([
      'protocol.registerSchemesAsPrivileged should be called before app is ready',
      'Failed to register protocol: trial',
    ]);
    expect(refused.early).toEqual([
      'Session can only be received when app is ready',
      'The powerMonitor module cannot be used before the app is ready.',
      'Cannot create BrowserWindow before app is ready',
    ]);
  });

  it('answers 404 with a page that has loaded', async () => {
    expect(await open('trial://app/missing')).toBeNull();
    expect(await title()).toBe('no such page');
    expect(await said()).toEqual([['did-navigate', 'trial://app/missing'], ['did-finish-load']]);
  });

  it('answers a stream, and takes for a page what has no type', async () => {
    expect(await open('trial://app/stream')).toBeNull();
    expect(await title()).toBe('first and second');
    expect(await open('trial://app/untyped')).toBeNull();
    expect(await title()).toBe('untyped');
  });

  it.each([
    ['throws', -9, 'ERR_UNEXPECTED'],
    ['nothing', -9, 'ERR_UNEXPECTED'],
    ['error', -2, 'ERR_FAILED'],
    ['broken', -2, 'ERR_FAILED'],
    ['text', -2, 'ERR_FAILED'],
  ])('fails with a code where the handler’s answer is none (%s)', async (path, code, name) => {
    const url = `trial://app/${path}`;
    expect(await open(url)).toBe(`${name} (${String(code)}) loading '${url}'`);
    await expect.poll(said).toEqual([['did-fail-load', code, name, url, true]]);
  });

  it('tells the handler how it was asked, and gives back a range as answered', async () => {
    await open('trial://app/page');
    expect(await asked('/range', 'GET', { Range: 'bytes=1-3' })).toMatchObject({
      status: 206,
      text: 'bcd',
      header: { 'content-range': 'bytes 1-3/26', asked: 'bytes=1-3' },
    });
    const { text = '{}' } = (await asked('/asked', 'POST', { 'x-own': '1' }, 'data')) ?? {};
    expect(JSON.parse(text)).toMatchObject({
      url: 'trial://app/asked',
      method: 'POST',
      body: 'data',
      headers: { 'x-own': '1', origin: 'trial://app' },
    });
  });

  it('has no cookies', async () => {
    await open('trial://app/cookie');
    const { text = '{}' } = (await asked('/asked')) ?? {};
    expect(Object.keys((JSON.parse(text) as { headers: object }).headers)).not.toContain('cookie');
  });

  it.each([
    ['trial://app/page', false],
    ['trial-fetch://app/page', true],
  ])('is reached by fetch where it is privileged to be (%s)', async (url, reached) => {
    await open(url);
    const answered = await app
      .pages()
      .at(-1)
      ?.evaluate(() =>
        fetch('/asked').then(
          () => true,
          () => false,
        ),
      );
    expect(answered).toBe(reached);
  });
});

describe('a load', () => {
  it('fails with the code of what went wrong', async () => {
    for (const [url, code, name] of [
      ['https://example.com/', -106, 'ERR_INTERNET_DISCONNECTED'],
      ['unknown://app/', -302, 'ERR_UNKNOWN_URL_SCHEME'],
      ['http://127.0.0.1:1/', -312, 'ERR_UNSAFE_PORT'],
    ] as const) {
      expect(await open(url)).toBe(`${name} (${String(code)}) loading '${url}'`);
      await expect.poll(said).toEqual([['did-fail-load', code, name, url, true]]);
    }
  });

  it('is aborted by the next, which is no failure of the page', async () => {
    await open('trial://app/page');
    const first = await app.main(async ({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      const real = (globalThis as Trial).serve;
      let release = (): void => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      let begun = (): void => undefined;
      const asked = new Promise<void>((resolve) => (begun = resolve));
      (globalThis as Trial).serve = async (request) => {
        if (!request.url.endsWith('/slow')) return real(request);
        begun();
        await held;
        return real(request);
      };
      const slow = window?.loadURL('trial://app/slow').then(
        () => 'loaded',
        (error: unknown) => (error as NodeJS.ErrnoException).code,
      );
      await asked;
      await window?.loadURL('trial://app/page');
      release();
      (globalThis as Trial).serve = real;
      return slow;
    });
    expect(first).toBe('ERR_ABORTED');
    expect(await names()).not.toContain('did-fail-load');
  });

  it('is refused where the address is longer than Chromium takes', async () => {
    const message = await open(`data:text/html,${'x'.repeat(2 * 1024 * 1024)}`);
    expect(message).toContain('ERR_INVALID_URL (-300)');
  });
});
