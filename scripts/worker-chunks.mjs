import { existsSync } from 'node:fs';
import { join } from 'node:path';

const WORKER = [
  'pool/entry/serve',

  'pool/mark',
  'pool/stamps',
  'pool/values',
  'system/clock',
  'system/intrinsics',
  'system/read-lines',
];
const FORK_WIRE = ['pool/wire', 'system/environment'];

/**
 * What thread and forked workers load beside their entry, in one chunk, and what only forked ones do in another: each
 * further file is one more to find, read and link while a worker starts. An option of the bundler's output, for the
 * application and for what measures it. Throws if a file is not in `root`, so that the lists do
 * not outlive their files.
 */
export function workerChunks(root) {
  const oneOf = (names) => {
    const files = names.map((name) => `/src/engine/${name}.ts`);
    const gone = files.find((file) => !existsSync(join(root, file)));
    if (gone !== undefined) throw new Error(`scripts/worker-chunks.mjs names ${gone}, which is not there.`);
    return (id) => files.some((file) => id.replaceAll('\\', '/').endsWith(file));
  };
  return {
    groups: [
      { name: 'worker', test: oneOf(WORKER) },
      { name: 'fork-wire', test: oneOf(FORK_WIRE) },
    ],
  };
}
