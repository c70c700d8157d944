import { fold, randomAt } from './random';
import type { Workload } from './workload';

const CLUSTERS = 8;
const DIMENSIONS = 4;
const ITERATIONS = 5;

let points = new Float64Array(0);
let nearest = new Uint8Array(0);
const centres = new Float64Array(CLUSTERS * DIMENSIONS);
const sums = new Float64Array(CLUSTERS * DIMENSIONS);
const members = new Uint32Array(CLUSTERS);
const words = new DataView(new ArrayBuffer(8));

/**
 * Five iterations of Lloyd's algorithm (k-means) on `size` points of 4 coordinates with 8 clusters. Coordinate d of
 * point p is number 4 × p + d of the seed's generator divided by 2^32. The first 8 points are the first centres. In each
 * iteration every point, in order, belongs to the centre with the smallest squared distance (summed in order of d, the
 * lowest number where two are equal); then each centre becomes the mean of its points (summed in order of points, and
 * divided), or stays where it has none. The checksum starts as the seed, folds in each centre's coordinates in order
 * (each as its IEEE double's upper, then lower 32 bits), then how many points each cluster had in the last iteration.
 * Only additions, multiplications and divisions in a fixed order: the same bits in every language.
 */
export const kmeans: Workload = {
  info: {
    name: 'kmeans',
    title: 'k-means',
    kind: 'cpu',
    tag: 'CPU · ML',
    summary: 'Groups points around 8 centres, five times over.',
    exercises:
      'One core’s floating-point units in compiled JavaScript, 32 bytes per point, read five times in order; from about 30,000 points, the data no longer fits in a core’s own cache, and cores compete for the shared cache and memory. Nothing is shared on purpose.',
    size: { meaning: 'points', min: CLUSTERS, max: 4_000_000, default: 4_096 },
    settings: [],
    releasesLock: false,
    prints: false,
  },
  run({ size, seed }) {
    generate(size, seed);
    centres.set(points.subarray(0, centres.length));
    for (let iteration = 0; iteration < ITERATIONS; iteration += 1) {
      assign(size);
      moveCentres(size);
    }
    return checksumFrom(seed >>> 0);
  },
};

function generate(size: number, seed: number): void {
  // Kept from task to task: fresh ones would have the kernel clear pages in every task.
  if (nearest.length !== size) {
    points = new Float64Array(size * DIMENSIONS);
    nearest = new Uint8Array(size);
  }
  for (let i = 0; i < points.length; i += 1) points[i] = randomAt(seed, i) / 2 ** 32;
}

function assign(size: number): void {
  for (let point = 0; point < size; point += 1) {
    let best = 0;
    let bestDistance = Infinity;
    for (let cluster = 0; cluster < CLUSTERS; cluster += 1) {
      const distance = squaredDistance(point, cluster);
      if (distance >= bestDistance) continue;
      best = cluster;
      bestDistance = distance;
    }
    nearest[point] = best;
  }
}

function squaredDistance(point: number, cluster: number): number {
  let sum = 0;
  for (let d = 0; d < DIMENSIONS; d += 1) {
    const apart = (points[point * DIMENSIONS + d] ?? 0) - (centres[cluster * DIMENSIONS + d] ?? 0);
    sum += apart * apart;
  }
  return sum;
}

function moveCentres(size: number): void {
  sums.fill(0);
  members.fill(0);
  for (let point = 0; point < size; point += 1) {
    const cluster = nearest[point] ?? 0;
    members[cluster] = (members[cluster] ?? 0) + 1;
    for (let d = 0; d < DIMENSIONS; d += 1) {
      const at = cluster * DIMENSIONS + d;
      sums[at] = (sums[at] ?? 0) + (points[point * DIMENSIONS + d] ?? 0);
    }
  }
  for (let at = 0; at < sums.length; at += 1) {
    const count = members[Math.floor(at / DIMENSIONS)] ?? 0;
    if (count > 0) centres[at] = (sums[at] ?? 0) / count;
  }
}

function checksumFrom(seed: number): number {
  let checksum = seed;
  for (const coordinate of centres) {
    words.setFloat64(0, coordinate);
    checksum = fold(fold(checksum, words.getUint32(0)), words.getUint32(4));
  }
  for (const count of members) checksum = fold(checksum, count);
  return checksum;
}
