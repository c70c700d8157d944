import { readdir, readFile } from 'node:fs/promises';
import { extname, join, posix } from 'node:path';
import { CoreloomError } from '../contract';

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

interface PageFile {
  mediaType: string;
  content: Buffer;
}

/** The built page: path in the address, exactly as it is sent -> file. No spelling of `..` is among them. */
export type PageFiles = ReadonlyMap<string, PageFile>;

/**
 * Reads the built page once, so that no request opens a file. Links are left out. Throws `not-available` if it cannot be
 * read.
 */
export async function readPageFiles(folder: string): Promise<PageFiles> {
  try {
    const files = await filesIn(folder, '/');
    const index = files.get('/index.html');
    return index === undefined ? files : new Map([...files, ['/', index]]);
  } catch (error) {
    throw new CoreloomError(
      'not-available',
      'The page’s files cannot be read: rebuild Coreloom with npm run build.',
      error,
    );
  }
}

async function filesIn(folder: string, prefix: string): Promise<Map<string, PageFile>> {
  const found = new Map<string, PageFile>();
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const address = posix.join(prefix, entry.name);
    if (entry.isFile()) found.set(address, { mediaType: mediaTypeOf(path), content: await readFile(path) });
    if (entry.isDirectory()) for (const [name, file] of await filesIn(path, address)) found.set(name, file);
  }
  return found;
}

const mediaTypeOf = (path: string): string => MEDIA_TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';
