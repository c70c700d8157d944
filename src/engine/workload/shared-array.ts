import { closeSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { binarySize, CoreloomError } from '../../contract';
import { isDiskFull } from '../system/error-code';
import { randomAt } from './random';

/** Numbers made in one turn of the event loop: about a millisecond. */
const STEP = 2 ** 18;

/**
 * Fills the array with the generator seeded with 0 and writes it to a new file, without blocking. Throws `disk-full`,
 * `not-writable`, and `cancelled` where the signal comes.
 */
export async function writeNumbers(path: string, numbers: Uint32Array, signal: AbortSignal): Promise<void> {
  try {
    // "x": never through a link that somebody else put there.
    const file = await open(path, 'wx', 0o600);
    try {
      const part = new Uint32Array(Math.min(STEP, numbers.length));
      for (let first = 0; first < numbers.length; first += part.length) {
        if (signal.aborted) throw new CoreloomError('cancelled', 'The run was stopped while its array was made.');
        for (let i = 0; i < part.length; i += 1) part[i] = randomAt(0, first + i);
        numbers.set(part, first);
        await file.writeFile(new Uint8Array(part.buffer));
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw explained(error, path, numbers.byteLength);
  }
}

/** Fills the array with the numbers of the file, and answers it. */
export function readNumbers<T extends ArrayBufferLike>(path: string, numbers: Uint32Array<T>): Uint32Array<T> {
  const bytes = new Uint8Array(numbers.buffer);
  const file = openSync(path, 'r');
  try {
    let done = 0;
    while (done < bytes.length) {
      const read = readSync(file, bytes, done, bytes.length - done, done);
      if (read === 0)
        throw new CoreloomError('internal', `The array's file ${path} ended after ${done} of ${bytes.length} bytes.`);
      done += read;
    }
  } finally {
    closeSync(file);
  }
  return numbers;
}

function explained(error: unknown, path: string, bytes: number): unknown {
  if (error instanceof CoreloomError || !(error instanceof Error)) return error;
  const full = isDiskFull(error);
  const sentence = `The workload scan cannot write its array of ${binarySize(bytes)} to ${path}, where processes read it: ${full ? 'the disk is full' : error.message}.`;
  return new CoreloomError(full ? 'disk-full' : 'not-writable', sentence, error);
}
