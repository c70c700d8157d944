import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { fakeEngine } from '../support/fake-engine';
import type { WebHost } from '../../src/web-host';
import { launchChromium } from '../support/chromium';
import { problemsOf } from '../support/page-problems';
import { hosted, originOf } from './web-host';

/** A page that does nothing by itself. */
let folder: string;
let browser: Browser;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coreloom-page-'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Plain</title>');
  browser = await launchChromium({ args: ['--host-resolver-rules=MAP evil.test 127.0.0.1'] });
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

test('a browser opens the printed address, loses the token from its address bar, and reaches the engine', async () => {
  const host = await hosted({ engine: fakeEngine(() => ({ ok: true, value: 'here' })) });
  const page = await browser.newPage();
  const problems = problemsOf(page);
  await opened(page, host);
  expect(page.url()).toBe(`http://127.0.0.1:${String(host.port)}/`);
  expect(await page.title()).toBe('Coreloom');
  expect(await page.evaluate(callOverSocket)).toEqual({ type: 'reply', id: 77, reply: { ok: true, value: 'here' } });
  expect(await page.evaluate(() => document.cookie)).toBe('');
  expect(problems.filter((text) => text.includes('Content Security Policy'))).toEqual([]);
  await page.close();
});

test('a link on a page of another site opens the printed address, and the page can be gone back from', async () => {
  const host = await hosted({ folder });
  const other = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end(`<title>Other</title><a href="${host.url}">Coreloom</a>`));
  await once(other.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void other.close());
  const page = await browser.newPage();
  await page.goto(`http://evil.test:${String((other.address() as AddressInfo).port)}/`);
  await page.getByRole('link').click();
  await page.waitForURL(`${originOf(host)}/`);
  expect(await page.title()).toBe('Plain');
  await page.goBack();
  expect(await page.title()).toBe('Other');
  await page.close();
});

test('a link on a page of another site without the token opens nothing, though the browser has the cookie', async () => {
  const host = await hosted({ folder });
  const page = await browser.newPage();
  await opened(page, host);
  await page.goto('data:text/html,<a>Coreloom</a>');
  await page.evaluate((address) => document.querySelector('a')?.setAttribute('href', address), originOf(host));
  const [answer] = await Promise.all([page.waitForResponse(`${originOf(host)}/`), page.getByText('Coreloom').click()]);
  expect(answer.status()).toBe(403);
  await page.close();
});

test('a name that was made to point here gets nothing, whatever it tries', async () => {
  const engine = fakeEngine();
  const host = await hosted({ engine, folder });
  const page = await browser.newPage();
  // The page of this host is open in the same browser, so its cookie is there to be misused.
  await opened(page, host);
  const rebound = host.url.replace('127.0.0.1', 'evil.test');
  const answer = await page.goto(rebound);
  expect(answer?.status()).toBe(403);
  expect(await page.evaluate(() => fetch('/').then((response) => response.status))).toBe(403);
  expect(await page.evaluate(callOverSocket)).toBe('closed');
  expect(engine.calls).toEqual([]);
  await page.close();
});

test('a page of another site cannot connect, though the browser has the cookie', async () => {
  const engine = fakeEngine();
  const host = await hosted({ engine, folder });
  const other = await hosted({ folder });
  const page = await browser.newPage();
  await opened(page, host);
  await page.goto(other.url.replace('127.0.0.1', 'evil.test'));
  const outcome = await page.evaluate(
    (port) =>
      new Promise((resolve) => {
        const socket = new WebSocket(`ws://127.0.0.1:${String(port)}/socket`);
        socket.onopen = () => resolve('open');
        socket.onerror = () => resolve('closed');
      }),
    host.port,
  );
  expect(outcome).toBe('closed');
  expect(await page.evaluate((port) => fetch(`http://127.0.0.1:${String(port)}/`, { credentials: 'include' }).then(() => 'read', () => 'refused'), host.port)).toBe('refused');
  await page.close();
});

/** The page behind the printed address, which that goes on to by itself. */
async function opened(page: Page, host: WebHost): Promise<void> {
  await page.goto(host.url);
  await page.waitForURL(`${originOf(host)}/`);
}

/** Runs in the page. */
function callOverSocket(): Promise<unknown> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://${location.host}/socket`);
    socket.onopen = () => {
      socket.send(JSON.stringify({ id: 77, name: 'getState', argument: null }));
    };
    socket.onmessage = (message) => {
      const frame = JSON.parse(String(message.data)) as { type: string; id?: number };
      if (frame.id === 77) resolve(frame);
    };
    socket.onerror = () => {
      resolve('closed');
    };
  });
}
