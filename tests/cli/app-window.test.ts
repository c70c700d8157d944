import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openAppWindow } from '../../src/cli/app-window';
import { temporaryFolder } from '../support/folder';

const ADDRESS = { origin: 'http://127.0.0.1:1', url: 'http://127.0.0.1:1/?token=secret' };

/**
 * A browser in an installed one's place. It notes its command line, its environment and what it was asked through the
 * pipe, and answers as Chromium does; its window is there once it was asked to tell of windows.
 */
const TALKING = `
  const { appendFileSync, createReadStream, writeSync } = require('node:fs');
  const note = (what) => appendFileSync(SEEN, JSON.stringify(what) + '\\n');
  const say = (message) => writeSync(4, JSON.stringify(message) + '\\0');
  note({ words: process.argv.slice(2), environment: process.env });
  let rest = '';
  createReadStream('', { fd: 3 }).on('data', (chunk) => {
    const messages = (rest + chunk).split('\\0');
    rest = messages.pop();
    for (const { id, method, params, sessionId } of messages.map((text) => JSON.parse(text))) {
      note({ method, params, sessionId });
      say({ id, result: method === 'Target.attachToTarget' ? { sessionId: 'session' } : {} });
      if (method !== 'Target.setDiscoverTargets' || !params.discover) continue;
      say({ method: 'Target.targetCreated', params: { targetInfo: { type: 'browser', targetId: 'not this' } } });
      say({ method: 'Target.targetCreated', params: { targetInfo: { type: 'page', targetId: 'page' } } });
    }
  }).on('end', () => process.exit());
`;

function browser(script: string): { path: string; seen(): Record<string, unknown>[] } {
  const folder = temporaryFolder();
  const [path, seen] = [join(folder, 'chromium'), join(folder, 'seen')];
  writeFileSync(path, `#!${process.execPath}\nconst SEEN = ${JSON.stringify(seen)};${script}`);
  chmodSync(path, 0o755);
  return {
    path,
    seen: () =>
      readFileSync(seen, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

test.skipIf(process.platform === 'win32')(
  'the window is led to its page through a pipe; no command line and no environment has the secret',
  async () => {
    const { path, seen } = browser(TALKING);
    const window = await openAppWindow(ADDRESS, path);
    if (window.state !== 'open') throw new Error('It was not found.');
    onTestFinished(() => window.close());
    await window.shown;
    const [started, ...asked] = seen();
    expect(started).toMatchObject({
      words: expect.arrayContaining(['--app=http://127.0.0.1:1/', '--remote-debugging-pipe']),
    });
    expect(JSON.stringify(started)).not.toContain('secret');
    expect(asked).toContainEqual({ method: 'Target.attachToTarget', params: { targetId: 'page', flatten: true } });
    expect(asked).toContainEqual({ method: 'Page.navigate', params: { url: ADDRESS.url }, sessionId: 'session' });
    await window.close();
    const profile =
      (started?.['words'] as string[]).find((word) => word.startsWith('--user-data-dir='))?.split('=')[1] ?? '';
    expect([profile === '', existsSync(profile)]).toEqual([false, false]);
  },
);

test.skipIf(process.platform === 'win32')(
  'a browser that ends before it shows the page is told in one sentence',
  async () => {
    const { path } = browser('process.exit(1);');
    const window = await openAppWindow(ADDRESS, path);
    if (window.state !== 'open') throw new Error('It was not found.');
    onTestFinished(() => window.close());
    await expect(window.shown).rejects.toMatchObject({
      code: 'not-available',
      message: `${path} could not show the page (the browser exited too early). Open the printed address in a browser.`,
    });
  },
);

test('without a browser there is no window', async () => {
  expect(await openAppWindow(ADDRESS, null)).toEqual({ state: 'not-found' });
  expect(await openAppWindow(ADDRESS, join(temporaryFolder(), 'none'))).toEqual({ state: 'not-found' });
});
