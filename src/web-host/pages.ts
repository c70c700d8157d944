import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Access } from './access';
import { securityHeaders } from './headers';
import type { PageFiles } from './page-files';

/**
 * Answers HTTP requests with the files of the built page, which are the same for everybody and hold nothing of the
 * user's: all of that goes over the socket, and so do downloads.
 */
export function servePages(files: PageFiles, access: Access): RequestListener {
  return (request, response) => {
    const source = access.checkSource(request.headers);
    if (!source.ok) return refuse(response, 403, source.reason);
    for (const [name, value] of Object.entries(securityHeaders(request.headers.host ?? '')))
      response.setHeader(name, value);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return refuse(response, 405, 'Only GET and HEAD are answered here.');
    }
    sendFile(files, request, response);
  };
}

/** What a file named by its content is kept for: a year, without asking again. */
const FOR_GOOD = 'private, max-age=31536000, immutable';

function sendFile(files: PageFiles, { url = '/', method, headers }: IncomingMessage, response: ServerResponse): void {
  const [path = '/'] = url.split('?');
  const file = files.get(path);
  if (file === undefined) return refuse(response, 404, 'There is no such file here.');
  const accepted = acceptedEncodings(headers['accept-encoding']);
  const encoded = file.encoded.find(({ encoding }) => accepted.has(encoding));
  const { content } = encoded ?? file;
  response.writeHead(200, {
    'Content-Type': file.mediaType,
    'Content-Length': content.length,
    ...(encoded && { 'Content-Encoding': encoded.encoding }),
    ...(file.encoded.length > 0 && { Vary: 'Accept-Encoding' }),
    ...(file.hashed && { 'Cache-Control': FOR_GOOD }),
  });
  response.end(method === 'HEAD' ? undefined : content);
}

/** Names in an Accept-Encoding header that are not refused by `q=0`. */
function acceptedEncodings(header: string | string[] = ''): Set<string> {
  const names = String(header)
    .split(',')
    .map((one) =>
      one
        .trim()
        .toLowerCase()
        .split(/\s*;\s*q\s*=\s*/),
    );
  return new Set(names.flatMap(([name = '', quality = '1']) => (Number(quality) > 0 ? [name] : [])));
}

/** Ends the connection too: what else comes over it, a body without end perhaps, is not waited for. */
function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
    Connection: 'close',
  });
  response.end(`${sentence}\n`);
}
