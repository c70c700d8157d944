import { readdir } from 'node:fs/promises';
import { extname, join, posix } from 'node:path';

const MEDIA_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

export interface StaticFile {
  path: string;
  mediaType: string;
}

/**
 * The file for a request's path exactly as it was sent, or null. Only what a listing of `folder` names can be found,
 * so that no spelling of `..`, encoded or not, reaches anything else.
 */
export async function findStaticFile(folder: string, urlPath: string): Promise<StaticFile | null> {
  const files = await listFiles(folder);
  const path = files.get(urlPath === '/' ? '/index.html' : urlPath);
  if (path === undefined) return null;
  return { path, mediaType: MEDIA_TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream' };
}

/** Every regular file beneath `folder`: path in the address -> path on disk. Links are left out. */
async function listFiles(folder: string, prefix = '/'): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const address = posix.join(prefix, entry.name);
    if (entry.isFile()) found.set(address, path);
    if (entry.isDirectory()) for (const [name, file] of await listFiles(path, address)) found.set(name, file);
  }
  return found;
}
