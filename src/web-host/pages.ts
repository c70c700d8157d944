import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Access } from './access';
import { securityHeaders } from './headers';
import { findStaticFile } from './static-files';

/** Answers HTTP requests: exchanges the token for a cookie, then serves the built page from `folder`. */
export function servePages(folder: string, access: Access): RequestListener {
  return (request, response) => {
    answer(folder, access, request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'The page could not be read; build Coreloom again with npm run build.');
    });
  };
}

async function answer(folder: string, access: Access, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const source = access.checkSource(request.headers);
  if (!source.ok) return refuse(response, 403, source.reason);
  for (const [name, value] of Object.entries(securityHeaders(request.headers.host ?? ''))) response.setHeader(name, value);

  const [path = '/', query = ''] = splitOnce(request.url ?? '/', '?');
  const token = new URLSearchParams(query).get('token');
  if (path === '/' && token !== null && access.isToken(token)) return exchangeToken(access, response);

  const cookie = access.checkCookie(request.headers);
  if (!cookie.ok) return refuse(response, 403, cookie.reason);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return refuse(response, 405, 'Only GET and HEAD are answered here.');
  }
  await sendFile(folder, path, request.method, response);
}

/**
 * Goes on to the page by itself, which takes the token out of the address bar and the history. It is no redirect: where a
 * link on a page of another site led here, browsers count that as a request of that site, and send no strict cookie.
 */
const GO_ON = '<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=/"><title>Coreloom</title><a href="/">Go on to Coreloom</a></html>\n';

function exchangeToken(access: Access, response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Set-Cookie': access.cookie }).end(GO_ON);
}

async function sendFile(folder: string, path: string, method: string, response: ServerResponse): Promise<void> {
  const file = await findStaticFile(folder, path);
  if (file === null) return refuse(response, 404, 'There is no such file here.');
  const { size } = await stat(file.path);
  response.writeHead(200, { 'Content-Type': file.mediaType, 'Content-Length': size });
  if (method === 'HEAD') {
    response.end();
    return;
  }
  // A browser that goes away in the middle is no fault.
  await pipeline(createReadStream(file.path), response).catch(() => response.destroy());
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' });
  response.end(`${sentence}\n`);
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
