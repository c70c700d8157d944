import { fold, mix32, randomAt } from './random';
import type { Workload } from './workload';

/** Rows of the table that tasks read again and again: about 24 KB of text. */
const ROWS = 1_024;
const SHOPS = 100;

interface Table {
  /** All rows, twice over, so that ROWS rows from any row on are one piece of it. */
  text: string;
  /** Where in the text each row begins; one more for the end. */
  starts: number[];
}

let table: Table | null = null;

interface Sales {
  rows: number;
  quantity: number;
  cents: number;
  lowest: number;
  highest: number;
}

/**
 * Reads `size` rows of a table in CSV text, groups them by their second column and adds up each group. Row r of the
 * 1024 rows (from 0) is `r,shop-S,Q,C` and a line feed, where of the generator seeded with 0 number 3 × r modulo 100 is
 * S, number 3 × r + 1 modulo 9 plus 1 is Q, and number 3 × r + 2 modulo 10000 is C. A task starts at row mix32(seed)
 * modulo 1024; after the last row comes the first one again. For each group: rows, the sum of Q, the sum of Q × C, the
 * smallest and the largest C. The checksum starts as the seed; the groups in order of their names (as texts, by code)
 * fold in S and these five (the sum of Q × C modulo 2^32).
 */
export const group: Workload = {
  info: {
    name: 'group',
    title: 'Group CSV',
    kind: 'cpu',
    tag: 'CPU · data',
    summary: 'Parses CSV text, groups its rows and adds them up.',
    exercises:
      'One core on strings: splitting, parsing numbers, a hash map of 100 groups. Allocates strings for every row, so the garbage collector works too (in Node on its own threads: more than one core may be busy for one worker). Nothing is shared.',
    size: { meaning: 'rows', min: 1, max: 100_000_000, default: 16_384 },
    settings: [],
    releasesLock: false,
    prints: false,
  },
  run({ size, seed }) {
    const groups = new Map<string, Sales>();
    const { text, starts } = tableOfRows();
    const first = mix32(seed) % ROWS;
    for (let left = size; left > 0; left -= ROWS) {
      const end = first + Math.min(left, ROWS);
      addRows(groups, text.slice(starts[first], starts[end]));
    }
    return checksumOf(groups, seed >>> 0);
  },
};

/** The same in every worker and made once for each: to write the text costs more than to read it. */
function tableOfRows(): Table {
  if (table !== null) return table;
  const starts = [0];
  let text = '';
  for (let i = 0; i < 2 * ROWS; i += 1) {
    text += rowOf(i % ROWS);
    starts.push(text.length);
  }
  table = { text, starts };
  return table;
}

function rowOf(row: number): string {
  const [shop, quantity, cents] = [
    randomAt(0, 3 * row) % SHOPS,
    (randomAt(0, 3 * row + 1) % 9) + 1,
    randomAt(0, 3 * row + 2) % 10_000,
  ];
  return `${row},shop-${shop},${quantity},${cents}\n`;
}

function addRows(groups: Map<string, Sales>, csv: string): void {
  for (const line of csv.split('\n')) {
    if (line === '') continue;
    const [, shop = '', quantity, cents] = line.split(',');
    addSale(groups, shop, { quantity: Number(quantity), cents: Number(cents) });
  }
}

function addSale(
  groups: Map<string, Sales>,
  shop: string,
  { quantity, cents }: { quantity: number; cents: number },
): void {
  const sales = groups.get(shop);
  if (sales === undefined) {
    groups.set(shop, { rows: 1, quantity, cents: quantity * cents, lowest: cents, highest: cents });
    return;
  }
  sales.rows += 1;
  sales.quantity += quantity;
  sales.cents += quantity * cents;
  sales.lowest = Math.min(sales.lowest, cents);
  sales.highest = Math.max(sales.highest, cents);
}

function checksumOf(groups: Map<string, Sales>, seed: number): number {
  let checksum = seed;
  for (const shop of [...groups.keys()].sort()) {
    const sales = groups.get(shop);
    if (sales === undefined) continue;
    const { rows, quantity, cents, lowest, highest } = sales;
    for (const value of [Number(shop.slice('shop-'.length)), rows, quantity, cents, lowest, highest])
      checksum = fold(checksum, value);
  }
  return checksum;
}
