import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { fakeEngine, type FakeEngine } from '../support/fake-engine';
import type { WebHost } from '../../src/web-host';
import { launchChromium } from '../support/chromium';
import { problemsOf } from '../support/page-problems';
import { hosted, originOf } from './web-host';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium({ args: ['--host-resolver-rules=MAP evil.test 127.0.0.1'] });
});
afterAll(async () => {
  await browser.close();
});

test('a browser opens the printed address, loses the token from its address bar, and reaches the engine', async () => {
  const engine = await hostedWithPage();
  const page = await browser.newPage();
  const problems = problemsOf(page);
  await opened(page, engine.host);
  expect(page.url()).toBe(`${originOf(engine.host)}/`);
  expect(await page.title()).toBe('Coreloom');
  expect(engine.calls).toContainEqual({ name: 'getState', argument: null });
  expect(await page.evaluate(() => document.cookie)).toBe('');
  expect(problems.filter((text) => text.includes('Content Security Policy'))).toEqual([]);
  await page.close();
});

test('a reload goes on, a second tab comes in by itself, and a tab without the token does not', async () => {
  const { host } = await hostedWithPage();
  const context = await browser.newContext();
  const page = await context.newPage();
  await opened(page, host);
  const session = await sessionOf(page);
  await page.reload();
  await expect.poll(() => host.clients()).toBe(1);
  const other = await context.newPage();
  await opened(other, host);
  expect(await sessionOf(other)).not.toBe(session);
  const stranger = await context.newPage();
  await stranger.goto(originOf(host));
  await stranger.getByTestId('refused').waitFor();
  expect(host.clients()).toBe(2);
  await context.close();
});

test('a page whose server answers 403 says that it was refused, and not that it cannot be reached', async () => {
  const { host } = await hostedWithPage();
  const page = await browser.newPage();
  await opened(page, host);
  const { port } = host;
  await host.close();
  const refusing = createServer((_, response) => {
    response.writeHead(403, { 'Content-Type': 'text/plain' }).end('Nobody is let in here.');
  });
  refusing.on('upgrade', (_, stream) => stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n'));
  await new Promise<void>((resolve) => refusing.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => void refusing.close());
  await page.getByTestId('refused').getByText('Nobody is let in here.').waitFor();
  expect(await page.getByTestId('disconnected').count()).toBe(0);
  await page.close();
});

test('a page whose server was started again has no key for it any more', async () => {
  const { host } = await hostedWithPage();
  const page = await browser.newPage();
  await opened(page, host);
  const { port } = host;
  await host.close();
  await page.getByTestId('disconnected').waitFor();
  await hosted({ port });
  await page.getByTestId('refused').waitFor();
  await page.close();
});

test('a link on a page of another site opens the printed address, and the page can be gone back from', async () => {
  const { host } = await hostedWithPage();
  const other = await anotherServer(`<title>Other</title><a href="${host.url}">Coreloom</a>`);
  const page = await browser.newPage();
  await page.goto(other.replace('127.0.0.1', 'evil.test'));
  await page.getByRole('link').click();
  await page.waitForURL(`${originOf(host)}/`);
  expect(await page.title()).toBe('Coreloom');
  await page.goBack();
  expect(await page.title()).toBe('Other');
  await page.close();
});

test('a page of another local server gets no secret, sends none, and can neither connect, nor read, nor frame, nor lock out', async () => {
  const engine = await hostedWithPage();
  const { host } = engine;
  const heard: string[] = [];
  const other = await anotherServer('<title>Other</title>', heard);
  const page = await browser.newPage();
  await opened(page, host);
  const session = await sessionOf(page);
  const called = engine.calls.length;
  await page.goto(other);
  const tried = await page.evaluate(attack, originOf(host));
  expect(tried).toEqual({ socket: 'closed', read: 'refused', framed: 'nothing', stored: null });
  // Cookies of this server reach the other one, and the other way round: there is nothing in them.
  expect(heard.join()).not.toContain(session);
  expect(engine.calls).toHaveLength(called);
  await page.goto(`${originOf(host)}/?token=wrong`);
  await expect.poll(() => host.clients()).toBe(1);
  expect(await sessionOf(page)).toBe(session);
  await page.close();
});

test('a name that was made to point here gets nothing, whatever it tries', async () => {
  const engine = fakeEngine();
  const host = await hosted({ engine });
  const page = await browser.newPage();
  const answer = await page.goto(host.url.replace('127.0.0.1', 'evil.test'));
  expect(answer?.status()).toBe(403);
  expect(await page.evaluate(() => fetch('/').then((response) => response.status))).toBe(403);
  expect(await page.evaluate(connects, `ws://evil.test:${String(host.port)}/socket`)).toBe('closed');
  expect(engine.calls).toEqual([]);
  await page.close();
});

/** A host of the real page, with an engine that answers as little as one can. */
async function hostedWithPage(): Promise<FakeEngine & { host: WebHost }> {
  const engine = fakeEngine(() => ({ ok: false, error: { code: 'not-available', message: 'Nothing here.' } }));
  return { ...engine, host: await hosted({ engine }) };
}

/** Another server of this machine, with one page; what it heard of browsers' headers goes into `heard`. */
async function anotherServer(body: string, heard: string[] = []): Promise<string> {
  const other = createServer((request, response) => {
    heard.push(JSON.stringify(request.headers));
    response
      .setHeader('Content-Type', 'text/html')
      .setHeader('Set-Cookie', ['coreloom=tossed; Path=/', 'coreloom-session=tossed; Path=/'])
      .end(body);
  });
  await once(other.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void other.close());
  return `http://127.0.0.1:${String((other.address() as AddressInfo).port)}/`;
}

/** Opens the printed address, and waits until its page was let in. */
async function opened(page: Page, host: WebHost): Promise<void> {
  await page.goto(host.url);
  await page.waitForURL(`${originOf(host)}/`);
}

const sessionOf = (page: Page): Promise<string | null> =>
  page.evaluate(() => sessionStorage.getItem('coreloom-session'));

/** Runs in the page: whether a socket opens. */
function connects(address: string): Promise<unknown> {
  return new Promise((resolve) => {
    const socket = new WebSocket(address, ['coreloom', 'A']);
    socket.onopen = () => {
      resolve('open');
    };
    socket.onerror = () => {
      resolve('closed');
    };
  });
}

/** Runs in a page of another server. */
async function attack(origin: string): Promise<Record<string, unknown>> {
  document.cookie = 'coreloom-session=tossed';
  const socket = new Promise((resolve) => {
    const opening = new WebSocket(`${origin.replace('http', 'ws')}/socket`, ['coreloom', 'A']);
    opening.onopen = () => {
      resolve('open');
    };
    opening.onerror = () => {
      resolve('closed');
    };
  });
  const attempt = (options: RequestInit): Promise<string> =>
    fetch(`${origin}/`, { credentials: 'include', ...options }).then(
      () => 'read',
      () => 'refused',
    );
  const frame = document.createElement('iframe');
  frame.src = `${origin}/`;
  const loaded = new Promise((resolve) => (frame.onload = resolve));
  document.body.append(frame);
  await loaded;
  // Its answer says nothing: what it set off is looked for at the engine.
  await attempt({ method: 'POST', mode: 'no-cors', body: '{"id":1,"name":"startExperiment"}' });
  let framed = 'nothing';
  try {
    framed = frame.contentWindow?.document.title ?? 'nothing';
  } catch {
    // Not ours to read.
  }
  return {
    socket: await socket,
    read: await attempt({}),
    framed,
    stored: sessionStorage.getItem('coreloom-session'),
  };
}
