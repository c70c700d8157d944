import { fold, randomAt } from './random';
import type { Workload } from './workload';

/** A point that has not left the circle of radius 2 after this many steps counts as inside. */
const STEPS = 255;
/** The part of the plane that the picture shows: from the lower left corner, 3 wide and 2.5 high. */
const LEFT = -2;
const BOTTOM = -1.25;
const WIDTH = 3;
const HEIGHT = 2.5;

/**
 * Draws the Mandelbrot set as n × n points. The seed moves the picture by less than a point: numbers 0 and 1 of its
 * generator, divided by 2^32, are dx and dy. The point of row r and column c is x = -2 + 3 × ((c + dx) / n),
 * y = -1.25 + 2.5 × ((r + dy) / n). From zx = zy = 0, as long as zx² + zy² ≤ 4 and fewer than 255 steps were made:
 * zy = 2 × zx × zy + y, zx = zx² - zy² + x, both from the old values, in this order of operations. The checksum starts
 * as the seed, folds in numbers 0 and 1 of the generator, then the steps of each point, row by row. Only additions,
 * multiplications and one division on IEEE doubles: the same bits in every language.
 */
export const mandelbrot: Workload = {
  info: {
    name: 'mandelbrot',
    title: 'Mandelbrot',
    kind: 'cpu',
    tag: 'CPU · picture',
    summary: 'Draws the Mandelbrot set, point by point.',
    exercises:
      'One core’s floating-point units in compiled JavaScript, in chains where each step waits for the last one, and branches that are hard to foresee at the edge of the set; no memory, nothing shared.',
    size: { meaning: 'rows and columns (n)', min: 8, max: 8_192, default: 128 },
    settings: [],
    releasesLock: false,
    prints: false,
  },
  run({ size, seed }) {
    const [right, up] = [randomAt(seed, 0), randomAt(seed, 1)];
    let checksum = fold(fold(seed >>> 0, right), up);
    for (let row = 0; row < size; row += 1) {
      const y = BOTTOM + HEIGHT * ((row + up / 2 ** 32) / size);
      for (let column = 0; column < size; column += 1) {
        checksum = fold(checksum, stepsOf(LEFT + WIDTH * ((column + right / 2 ** 32) / size), y));
      }
    }
    return checksum;
  },
};

function stepsOf(x: number, y: number): number {
  let [zx, zy, zx2, zy2] = [0, 0, 0, 0];
  let steps = 0;
  while (steps < STEPS && zx2 + zy2 <= 4) {
    zy = 2 * zx * zy + y;
    zx = zx2 - zy2 + x;
    zx2 = zx * zx;
    zy2 = zy * zy;
    steps += 1;
  }
  return steps;
}
