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

function sendFile(files: PageFiles, { url = '/', method }: IncomingMessage, response: ServerResponse): void {
  const [path = '/'] = url.split('?');
  const file = files.get(path);
  if (file === undefined) return refuse(response, 404, 'There is no such file here.');
  response.writeHead(200, { 'Content-Type': file.mediaType, 'Content-Length': file.content.length });
  response.end(method === 'HEAD' ? undefined : file.content);
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
