import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { APP_SCHEMES, pageHandler, servePages } from '../../src/main/protocol';

let root: string;
let serve: (path: string, init?: RequestInit) => Promise<Response>;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'coreloom-protocol-'));
  const folder = join(root, 'renderer');
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(join(root, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  await writeFile(join(folder, 'assets', 'main.js'), 'export {};');
  await writeFile(join(folder, 'assets', 'main.css'), 'a {}');
  await writeFile(join(folder, 'assets', 'font.woff2'), 'x');
  const handler = pageHandler(folder, new Map());
  serve = (path, init) => handler(new Request(`coreloom://app${path}`, init));
});

afterAll(() => rm(root, { recursive: true }));

describe("the app's protocol", () => {
  it.each([
    ['/', 'text/html; charset=utf-8'],
    ['/index.html', 'text/html; charset=utf-8'],
    ['/assets/main.js', 'text/javascript; charset=utf-8'],
    ['/assets/main.css', 'text/css; charset=utf-8'],
    ['/assets/font.woff2', 'font/woff2'],
  ])('serves %s as %s', async (path, type) => {
    const response = await serve(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
  });

  it('forbids sniffing and everything but its own files, on every answer', async () => {
    for (const path of ['/', '/nowhere', '/%00']) {
      const { headers } = await serve(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'",
      );
    }
  });

  it.each([
    '/..%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/%2e%2e%2fsecret.txt',
    '/index.html%00.png',
    '/%',
    '/assets%2f..',
  ])('refuses %s', async (path) => {
    const response = await serve(path);
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain('secret');
  });

  it('answers 404 for what is not there, for a folder, and for dots that the URL itself resolves', async () => {
    expect((await serve('/%2e%2e/secret.txt')).status).toBe(404);
    expect((await serve('/nowhere.js')).status).toBe(404);
    expect((await serve('/assets')).status).toBe(404);
  });

  it('answers GET only', async () => {
    expect((await serve('/', { method: 'POST', body: 'x' })).status).toBe(405);
  });

  it('serves no other host', async () => {
    const handler = pageHandler(root, new Map());
    expect((await handler(new Request('coreloom://other/index.html'))).status).toBe(404);
  });

  it('serves a page that is printed, which may run nothing and fetch nothing, and no other', async () => {
    const handler = pageHandler(root, new Map([['coreloom://print/1', '<p>A report</p>']]));
    const response = await handler(new Request('coreloom://print/1'));
    expect({
      status: response.status,
      text: await response.text(),
      type: response.headers.get('content-type'),
    }).toEqual({ status: 200, text: '<p>A report</p>', type: 'text/html; charset=utf-8' });
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'",
    );
    expect((await handler(new Request('coreloom://print/2'))).status).toBe(404);
    expect((await handler(new Request('coreloom://print/index.html'))).status).toBe(404);
  });

  it('is a standard and secure scheme that has no further privilege', () => {
    expect(APP_SCHEMES).toEqual([{ scheme: 'coreloom', privileges: { standard: true, secure: true } }]);
  });

  it('is registered under its scheme', () => {
    const schemes: string[] = [];
    servePages({ handle: (scheme) => schemes.push(scheme) }, root, new Map());
    expect(schemes).toEqual(['coreloom']);
  });
});
