import { fold, randomAt } from './random';
import type { Workload } from './workload';

interface Matrices {
  a: Float64Array;
  b: Float64Array;
  product: Float64Array;
}

let matrices: Matrices = { a: new Float64Array(0), b: new Float64Array(0), product: new Float64Array(0) };

/**
 * Multiplies two n × n matrices, row by row, with the plain algorithm. Entry i (row by row, from 0) of the left one is
 * number i of the seed's generator modulo 256, of the right one number n × n + i modulo 256. All entries and sums are
 * whole numbers below 2^53, so the result is exact and the order of additions makes no difference. The checksum starts
 * as the seed and folds in each entry of the product, row by row.
 */
export const matmul: Workload = {
  info: {
    name: 'matmul',
    title: 'Matrix multiply',
    kind: 'cpu',
    tag: 'CPU · ML',
    summary: 'Multiplies two square matrices of doubles.',
    exercises:
      'One core’s floating-point units and caches in compiled JavaScript: 2 × n³ operations on 24 × n² bytes; from about n = 200, the matrices no longer fit in a core’s own cache, and cores compete for the shared cache and memory.',
    size: { meaning: 'rows and columns (n)', min: 4, max: 8_192, default: 128 },
    settings: [],
    releasesLock: false,
    prints: false,
  },
  heldBytes: (n) => 3 * 8 * n * n,
  run({ size, seed }) {
    const { a, b, product } = matricesOf(size);
    const entries = size * size;
    for (let i = 0; i < entries; i += 1) {
      a[i] = randomAt(seed, i) & 255;
      b[i] = randomAt(seed, entries + i) & 255;
    }
    multiply(size, { a, b, product });
    let checksum = seed >>> 0;
    for (let i = 0; i < entries; i += 1) checksum = fold(checksum, product[i] ?? 0);
    return checksum;
  },
};

/** Kept from task to task: fresh ones would have the kernel clear pages in every task, which is not what is measured. */
function matricesOf(n: number): Matrices {
  const entries = n * n;
  if (matrices.a.length !== entries) {
    matrices = { a: new Float64Array(entries), b: new Float64Array(entries), product: new Float64Array(entries) };
  }
  return matrices;
}

/** Rows of b are walked, not columns, so that memory is read in order. */
function multiply(n: number, { a, b, product }: Matrices): void {
  product.fill(0);
  for (let row = 0; row < n; row += 1) {
    for (let k = 0; k < n; k += 1) {
      const factor = a[row * n + k] ?? 0;
      for (let column = 0; column < n; column += 1) {
        product[row * n + column] = (product[row * n + column] ?? 0) + factor * (b[k * n + column] ?? 0);
      }
    }
  }
}
