import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fakeEngine } from '../support/fake-engine';
import { launchChromium } from '../support/chromium';
import { problemsOf } from '../support/page-problems';
import { hosted } from './web-host';

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
  await page.goto(host.url);
  expect(page.url()).toBe(`http://127.0.0.1:${String(host.port)}/`);
  expect(await page.title()).toBe('Coreloom');
  expect(await page.evaluate(callOverSocket)).toEqual({ type: 'reply', id: 77, reply: { ok: true, value: 'here' } });
  expect(await page.evaluate(() => document.cookie)).toBe('');
  expect(problems.filter((text) => text.includes('Content Security Policy'))).toEqual([]);
  await page.close();
});

test('a name that was made to point here gets nothing, whatever it tries', async () => {
  const engine = fakeEngine();
  const host = await hosted({ engine, folder });
  const page = await browser.newPage();
  // The page of this host is open in the same browser, so its cookie is there to be misused.
  await page.goto(host.url);
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
  await page.goto(host.url);
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
