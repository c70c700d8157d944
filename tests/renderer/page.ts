import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import { problemsOf } from '../support/page-problems';
import type { FakeOptions } from './fake/options';

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.map': 'application/json',
  '.woff2': 'font/woff2',
};
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

/** The fake engine (or another file beside it) as one script that a page can be given. */
export async function bundleFake(file = 'fake-client.ts'): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: { entry: join(import.meta.dirname, file), formats: ['iife'], name: 'fake' },
    },
  });
  const [first] = Array.isArray(built) ? built : [built];
  const chunk = first && 'output' in first ? first.output[0] : undefined;
  if (!chunk) throw new Error('The fake engine could not be bundled.');
  return chunk.code;
}

/** Serves the built renderer under the policy of production, on a free port of the loopback. */
export async function serveRenderer(folder: string): Promise<{ address: string; close(): Promise<void> }> {
  const server: Server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = join(folder, path === '/' ? 'index.html' : path);
    readFile(file).then(
      (bytes) =>
        response
          .writeHead(200, {
            'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
            'content-security-policy': CSP,
          })
          .end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

export interface OpenOptions {
  address: string;
  fake: string;
  options: Partial<FakeOptions>;
  context?: BrowserContextOptions;
  /** Opens with this view instead of Live. */
  view?: string;
  /** How long the page may take to load, ms: a large machine is long in being drawn up. */
  timeoutMs?: number;
}

/** Opens the renderer on a fake engine; `problems` collects what the page complains of. */
export async function openPage(
  browser: Browser,
  open: OpenOptions,
): Promise<{ page: Page; problems: string[]; close(): Promise<void> }> {
  const context = await browser.newContext({
    locale: 'en-US',
    viewport: { width: 1360, height: 860 },
    colorScheme: 'dark',
    ...open.context,
  });
  const page = await context.newPage();
  const problems = problemsOf(page, { levels: ['error', 'warning'] });
  await page.addInitScript(`window.fakeOptions = ${JSON.stringify(open.options)};\n${open.fake}`);
  if (open.timeoutMs !== undefined) page.setDefaultTimeout(open.timeoutMs);
  await page.goto(`${open.address}#${open.view ?? 'live'}`);
  await page.getByTestId(open.view ?? 'cores').waitFor();
  return { page, problems, close: () => context.close() };
}
