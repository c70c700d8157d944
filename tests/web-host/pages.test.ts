import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { startWebHost } from '../../src/web-host';
import { fakeEngine } from '../support/fake-engine';
import { temporaryFolder } from '../support/folder';
import { ask, askRaw, hosted, originOf, RENDERER, secretIn } from './web-host';

describe('access', () => {
  test('the page is the same for everybody, sets no cookie and asks for none', async () => {
    const host = await hosted();
    const plain = await ask(host, '/');
    const withToken = await ask(host, `/?token=${secretIn(host)}`);
    expect([plain.status, withToken.status]).toEqual([200, 200]);
    expect(withToken.body).toBe(plain.body);
    expect(withToken.headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
    for (const { headers } of [plain, withToken]) expect(headers['set-cookie']).toBeUndefined();
  });

  test.each(['evil.test', 'evil.test:80', '127.0.0.1', '127.0.0.1:1', '[::1]'])(
    'the Host "%s" is refused, token or not',
    async (name) => {
      const host = await hosted();
      const answers = [
        await ask(host, '/', { Host: name }),
        await ask(host, `/?token=${secretIn(host)}`, { Host: name }),
      ];
      for (const { status, headers, body } of answers) {
        expect([status, headers['content-type']]).toEqual([403, 'text/plain; charset=utf-8']);
        expect(body).toContain('Open the address that Coreloom printed in its terminal.');
      }
    },
  );

  test.each(['http://evil.test', 'null', 'https://127.0.0.1', 'http://127.0.0.1:1'])(
    'the Origin "%s" is refused',
    async (origin) => {
      expect((await ask(await hosted(), '/', { Origin: origin })).status).toBe(403);
    },
  );

  test('its own Origin, and localhost as a name, are welcome', async () => {
    const host = await hosted();
    expect((await ask(host, '/', { Origin: originOf(host) })).status).toBe(200);
    expect((await ask(host, '/', { Host: `localhost:${String(host.port)}` })).status).toBe(200);
  });
});

describe('files', () => {
  test('the page comes with a strict policy and nothing may be kept or framed', async () => {
    const host = await hosted();
    const { headers } = await ask(host, '/');
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self' ws://127.0.0.1:${String(host.port)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
  });

  test.each([
    ['index.html', 'text/html; charset=utf-8'],
    ['index-a_B-1.js', 'text/javascript; charset=utf-8'],
    ['index.css', 'text/css; charset=utf-8'],
    ['index.js.map', 'application/json; charset=utf-8'],
    ['icon.svg', 'image/svg+xml'],
    ['unknown', 'application/octet-stream'],
  ])('%s comes as %s', async (name, mediaType) => {
    const folder = temporaryFolder();
    await writeFile(join(folder, name), name);
    const host = await hosted({ folder });
    const answer = await ask(host, `/${name}`);
    expect([answer.status, answer.headers['content-type'], answer.body]).toEqual([200, mediaType, name]);
  });

  test.each([
    '/../package.json',
    '/assets/../../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/..%5cpackage.json',
    '/..\\package.json',
    '/%2fetc/passwd',
    '//etc/passwd',
    '/index.html%00.js',
    '/./index.html',
    '/%2e/index.html',
    '/assets',
    '/assets/',
  ])('%s reaches nothing', async (path) => {
    const host = await hosted();
    expect(await askRaw(host, path)).toBe('HTTP/1.1 404 Not Found');
  });

  test('a raw NUL reaches nothing', async () => {
    const host = await hosted();
    expect(await askRaw(host, '/index.html\0')).toMatch(/^HTTP\/1\.1 40/);
  });

  test('a link out of the folder is not followed', async () => {
    const folder = temporaryFolder();
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), 'page');
    await symlink('/etc/hostname', join(folder, 'assets', 'link.js'));
    const host = await hosted({ folder });
    expect((await ask(host, '/')).body).toBe('page');
    expect((await ask(host, '/assets/link.js')).status).toBe(404);
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('%s is not answered', async (method) => {
    const host = await hosted();
    const answer = await ask(host, '/', {}, method);
    expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD']);
  });

  test('HEAD answers as GET does, without the body', async () => {
    const host = await hosted();
    const answer = await ask(host, '/', {}, 'HEAD');
    expect([answer.status, answer.body]).toEqual([200, '']);
    expect(Number(answer.headers['content-length'])).toBeGreaterThan(0);
  });

  test('the smallest encoding that is accepted is sent, and no other has an address', async () => {
    const folder = temporaryFolder();
    for (const name of ['index.html', 'index.html.br', 'index.html.gz', 'plain.js', 'alone.gz'])
      await writeFile(join(folder, name), name);
    const host = await hosted({ folder });
    const sent = async (path: string, accepted?: string): Promise<unknown[]> => {
      const { headers, body } = await ask(host, path, accepted === undefined ? {} : { 'Accept-Encoding': accepted });
      return [headers['content-encoding'], headers.vary, body];
    };
    const page = (encoding: string | undefined, body: string): unknown[] => [encoding, 'Accept-Encoding', body];
    expect(await sent('/', 'gzip, deflate, br, zstd')).toEqual(page('br', 'index.html.br'));
    expect(await sent('/index.html', 'br;q=0, GZIP;q=0.5')).toEqual(page('gzip', 'index.html.gz'));
    expect(await sent('/')).toEqual(page(undefined, 'index.html'));
    expect(await sent('/plain.js', 'br')).toEqual([undefined, undefined, 'plain.js']);
    expect(await sent('/alone.gz', 'gzip')).toEqual([undefined, undefined, 'alone.gz']);
    expect((await ask(host, '/index.html.br')).status).toBe(404);
    expect((await ask(host, '/', { 'Accept-Encoding': 'br' }, 'HEAD')).headers['content-length']).toBe('13');
  });

  test('what is named by its content is kept, and the page that names it is not', async () => {
    const folder = temporaryFolder();
    await mkdir(join(folder, 'assets'));
    for (const name of ['index.html', 'assets/index-a_B-1xyZ.js', 'assets/index.js', 'index-a_B-1xyZ.js'])
      await writeFile(join(folder, name), name);
    const host = await hosted({ folder });
    const kept = async (path: string): Promise<string | undefined> => (await ask(host, path)).headers['cache-control'];
    expect(await kept('/assets/index-a_B-1xyZ.js')).toBe('private, max-age=31536000, immutable');
    for (const path of ['/', '/index.html', '/assets/index.js', '/index-a_B-1xyZ.js'])
      expect(await kept(path)).toBe('no-store');
  });

  test('a page that was never built is named as such', async () => {
    await expect(hosted({ folder: join(RENDERER, 'missing') })).rejects.toMatchObject({
      code: 'not-available',
      message: 'The page’s files cannot be read: rebuild Coreloom with npm run build.',
    });
  });
});

describe('port', () => {
  test('a port in use is named, with what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    try {
      await expect(startWebHost({ engine: fakeEngine(), port, folder: RENDERER })).rejects.toMatchObject({
        code: 'port-in-use',
        message: `Port ${String(port)} is in use; choose another with --port, or omit --port to use a free one.`,
      });
    } finally {
      other.close();
    }
  });

  test('closing twice is one closing, frees the port and lets go of the engine', async () => {
    const engine = fakeEngine();
    const host = await hosted({ engine });
    expect(engine.listeners()).toBe(1);
    await Promise.all([host.close(), host.close()]);
    expect(engine.listeners()).toBe(0);
    const again = await hosted({ port: host.port });
    expect(again.port).toBe(host.port);
  });
});
