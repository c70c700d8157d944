import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { RENDERER } from './web-host';

const KIB = 1024;
const TEXT = /\.(?:js|css|html|svg)$/;

const names = async (): Promise<string[]> => readdir(RENDERER, { recursive: true });
const read = (name: string): Promise<Buffer> => readFile(join(RENDERER, name));

test('the page without its font is under 130 KiB compressed', async () => {
  const compressed = (await names()).filter((name) => name.endsWith('.br'));
  const sizes = await Promise.all(compressed.map(async (name) => (await read(name)).length));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  expect(total).toBeGreaterThan(10 * KIB);
  expect(total).toBeLessThan(130 * KIB);
});

test('each text file has both encodings, which hold the same', async () => {
  const files = (await names()).filter((name) => TEXT.test(name));
  expect(files).toContain('index.html');
  for (const name of files) {
    const content = await read(name);
    expect(brotliDecompressSync(await read(`${name}.br`)).equals(content)).toBe(true);
    expect(gunzipSync(await read(`${name}.gz`)).equals(content)).toBe(true);
  }
});
