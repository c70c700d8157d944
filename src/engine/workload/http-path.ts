/** The longest delay that the server keeps, in ms. */
export const LONGEST_DELAY_MS = 60_000;
/** The largest body that the server sends, in bytes, without the seed before it. */
export const LARGEST_BODY_BYTES = 2 ** 28;

/** What a request asks the run's server for. */
export interface Asked {
  delayMs: number;
  bytes: number;
  seed: number;
}

/** The path of a request: `/<delay in ms>/<bytes>/<seed>`. */
export function pathFor({ delayMs, bytes, seed }: Asked): string {
  // Without the exponent that very short delays would be written with.
  return `/${Math.round(delayMs * 1e3) / 1e3}/${bytes}/${seed}`;
}

/** What a path asks for; null where it is none of ours or out of range. */
export function readPath(path: string): Asked | null {
  if (!/^\/\d+(\.\d+)?\/\d+\/\d+$/.test(path)) return null;
  const [delayMs = Infinity, bytes = Infinity, seed = Infinity] = path.slice(1).split('/').map(Number);
  if (delayMs > LONGEST_DELAY_MS || bytes > LARGEST_BODY_BYTES || seed > 0xffff_ffff) return null;
  return { delayMs, bytes, seed };
}
