import { readFile } from 'node:fs/promises';
import { extname, isAbsolute, join, relative } from 'node:path';
import type { CustomScheme, Protocol } from 'electron';
import { APP_ORIGIN, APP_SCHEME, originOf, PRINT_ORIGIN } from './origin';
import type { PrintedPages } from './print-page';

/** Nothing but the app's own files: no inline script, no eval, no frame, no plug-in, no other server. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** `standard` gives the scheme an origin, `secure` makes it a secure context; it may do nothing more. */
export const APP_SCHEMES: CustomScheme[] = [{ scheme: APP_SCHEME, privileges: { standard: true, secure: true } }];

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};

const HEADERS = { 'Content-Security-Policy': CONTENT_SECURITY_POLICY, 'X-Content-Type-Options': 'nosniff' };

function refuse(status: number, text: string): Response {
  return new Response(text, { status, headers: { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8' } });
}

/** The file that a URL's path names, or null where it is malformed or points outside the folder. */
function fileOf(folder: string, pathname: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (decoded.includes('\0')) return null;
  // Decoded first, joined then, checked last: `%2e%2e` and `%5c` are paths only once decoded.
  const file = join(folder, decoded === '/' ? 'index.html' : decoded);
  const inside = relative(folder, file);
  return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? null : file;
}

/** What a printed page may do: show its own styles and pictures. */
const PRINT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

function printed(page: string | undefined): Response {
  if (page === undefined) return refuse(404, 'There is no such page.');
  return new Response(page, {
    headers: { ...HEADERS, 'Content-Security-Policy': PRINT_POLICY, 'Content-Type': MEDIA_TYPES['.html'] ?? '' },
  });
}

/** Answers requests for the app's pages from the built renderer in `folder`, for those in `pages`, and nothing else. */
export function pageHandler(folder: string, pages: PrintedPages): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET') return refuse(405, 'Only GET is answered.');
    if (originOf(request.url) === PRINT_ORIGIN) return printed(pages.get(request.url));
    if (originOf(request.url) !== APP_ORIGIN) return refuse(404, 'There is no such host.');
    const file = fileOf(folder, new URL(request.url).pathname);
    if (file === null) return refuse(400, 'The path is malformed or leads outside the app.');
    try {
      const body = await readFile(file);
      const type = MEDIA_TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream';
      return new Response(new Uint8Array(body), { headers: { ...HEADERS, 'Content-Type': type } });
    } catch {
      return refuse(404, 'There is no such file.');
    }
  };
}

/** Serves the built renderer and the pages that are printed; call once the app is ready. */
export function servePages(protocol: Pick<Protocol, 'handle'>, folder: string, pages: PrintedPages): void {
  protocol.handle(APP_SCHEME, pageHandler(folder, pages));
}
