import { closeSync, fsyncSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { CoreloomError } from '../../contract';
import { isDiskFull, codeOf } from '../system/error-code';
import { BLOCK_BYTES, blocksOf, seedBytes } from './block';
import { restoreFolder, workerFolder } from './task-folder';
import type { TaskInput, Workload } from './workload';

const buffer = new Uint8Array(BLOCK_BYTES);
let written = 0;

/**
 * Writes a new file of the seed (4 bytes, lowest first) followed by `size` bytes of the shared block (block.ts),
 * repeated and cut; syncs it to the disk, reads it back, and removes it. The checksum is zlib's CRC-32 of what was
 * read. Every call blocks its thread on purpose: a worker runs one task at a time, and waiting that stays in its own
 * thread can be told from computing, where waiting in libuv's shared helpers could not be told whose it is.
 */
export const files: Workload = {
  info: {
    name: 'files',
    title: 'Files',
    kind: 'io',
    tag: 'I/O · disk',
    summary: 'Writes a file, syncs it to disk, reads it back and removes it.',
    exercises:
      'The file system and the disk’s flush (fsync), which takes most of the time; reading back is served from the system’s cache. The files are in the data folder (CORELOOM_HOME); if that is in memory (tmpfs), the flush costs nothing, and this measures CPU time in the kernel.',
    size: { meaning: 'bytes to write', min: 1, max: 2 ** 30, default: 65_536 },
    settings: [],
    releasesLock: true,
    prints: false,
  },
  prepare: async () => (await import('./run-folder')).prepareFolder(),
  run(input) {
    const folder = workerFolder(input);
    const path = join(folder, `${(written += 1)}.bin`);
    try {
      return writtenAndRead(path, input);
    } catch (error) {
      throw explained(error, folder);
    } finally {
      rmSync(path, { force: true });
    }
  },
};

function writtenAndRead(path: string, { size, seed }: TaskInput): number {
  const file = openNew(path);
  try {
    writeFileSync(file, seedBytes(seed));
    for (const part of blocksOf(size)) writeFileSync(file, part);
    fsyncSync(file);
    return checksumOf(file, size + 4);
  } finally {
    closeSync(file);
  }
}

function openNew(path: string): number {
  const open = (): number => openSync(path, 'wx+', 0o600);
  try {
    return open();
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    restoreFolder(dirname(path));
    return open();
  }
}

function checksumOf(file: number, bytes: number): number {
  let checksum = 0;
  let position = 0;
  for (;;) {
    const read = readSync(file, buffer, 0, buffer.length, position);
    if (read === 0) break;
    checksum = crc32(buffer.subarray(0, read), checksum);
    position += read;
  }
  if (position !== bytes)
    throw new CoreloomError('internal', `A file of ${bytes} bytes was read back with ${position} bytes.`);
  return checksum;
}

function explained(error: unknown, folder: string): unknown {
  if (!isDiskFull(error)) return error;
  return new CoreloomError(
    'disk-full',
    `The disk of ${folder} is full: the workload files needs room there for one file a worker.`,
    error,
  );
}
