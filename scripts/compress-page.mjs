// A plugin of the renderer's build: beside each text file of the page, the same compressed, as the web host sends it.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const TEXT = /\.(?:js|css|html|svg)$/;

async function compress(file) {
  const content = await readFile(file);
  const [brotli, zipped] = await Promise.all([
    promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }),
    promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION }),
  ]);
  await Promise.all([writeFile(`${file}.br`, brotli), writeFile(`${file}.gz`, zipped)]);
}

/** Compresses what the build wrote: once, rather than at each request. */
export const compressPage = {
  name: 'compress-page',
  apply: 'build',
  async writeBundle({ dir }) {
    const entries = await readdir(dir, { recursive: true });
    await Promise.all(entries.filter((name) => TEXT.test(name)).map((name) => compress(join(dir, name))));
  },
};
