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
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};

/** What the build names by its content: all files of this folder. */
const HASHED = /^\/assets\/.+-[\w-]{8}\.\w+$/;

/** Encodings that the build writes beside a file, the best first, by what a name then ends with. */
const ENCODINGS = { '.br': 'br', '.gz': 'gzip' } as const;
type Encoding = (typeof ENCODINGS)[keyof typeof ENCODINGS];

interface PageFile {
  mediaType: string;
  content: Buffer;
  /** The same compressed, the best first. */
  encoded: { encoding: Encoding; content: Buffer }[];
  /** Whether its name holds a hash of its content, so that it never changes. */
  hashed: boolean;
}

/** The built page: path in the address, exactly as it is sent -> file. No spelling of `..` is among them. */
export type PageFiles = ReadonlyMap<string, PageFile>;

/**
 * Reads the built page once, so that no request opens a file. Links are left out. Throws `not-available` if it cannot be
 * read.
 */
export async function readPageFiles(folder: string): Promise<PageFiles> {
  try {
    const files = withEncodings(await filesIn(folder, '/'));
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

async function filesIn(folder: string, prefix: string): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const address = posix.join(prefix, entry.name);
    if (entry.isFile()) found.set(address, await readFile(path));
    if (entry.isDirectory()) for (const [name, file] of await filesIn(path, address)) found.set(name, file);
  }
  return found;
}

/** Joins each compressed file to the one that it was made from; it has no address of its own. */
function withEncodings(contents: ReadonlyMap<string, Buffer>): Map<string, PageFile> {
  const endings = Object.entries(ENCODINGS);
  const isEncoded = (address: string): boolean =>
    endings.some(([ending]) => address.endsWith(ending) && contents.has(address.slice(0, -ending.length)));
  const found = new Map<string, PageFile>();
  for (const [address, content] of contents) {
    if (isEncoded(address)) continue;
    const encoded = endings.flatMap(([ending, encoding]) => {
      const smaller = contents.get(address + ending);
      return smaller === undefined ? [] : [{ encoding, content: smaller }];
    });
    found.set(address, { mediaType: mediaTypeOf(address), content, encoded, hashed: HASHED.test(address) });
  }
  return found;
}

const mediaTypeOf = (path: string): string => MEDIA_TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';
