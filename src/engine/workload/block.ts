import { randomAt } from './random';

/** Length of the block that `sha256` and `files` make their data of, in bytes. */
export const BLOCK_BYTES = 65_536;

let block: Uint8Array | null = null;

/**
 * The same 65536 bytes in every worker: number i of the generator seeded with 0, as four bytes, lowest first. Made once
 * for each worker: data that is generated for each task would cost more than what a task is there to measure.
 */
export function sharedBlock(): Uint8Array {
  if (block !== null) return block;
  const bytes = new DataView(new ArrayBuffer(BLOCK_BYTES));
  for (let i = 0; i < BLOCK_BYTES / 4; i += 1) bytes.setUint32(i * 4, randomAt(0, i), true);
  block = new Uint8Array(bytes.buffer);
  return block;
}

/** A seed as four bytes, lowest first. */
export function seedBytes(seed: number): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(4));
  bytes.setUint32(0, seed, true);
  return new Uint8Array(bytes.buffer);
}

/** The parts of `bytes` bytes of data: the block again and again, the last one cut to what is left. */
export function* blocksOf(bytes: number): Generator<Uint8Array> {
  const whole = sharedBlock();
  for (let left = bytes; left > 0; left -= BLOCK_BYTES) yield left >= BLOCK_BYTES ? whole : whole.subarray(0, left);
}
