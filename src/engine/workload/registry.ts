import { CoreloomError } from '../../contract';
import { count } from './count';
import { fetchAndHash } from './fetch-and-hash';
import { files } from './files';
import { group } from './group';
import { http } from './http';
import { kmeans } from './kmeans';
import { mandelbrot } from './mandelbrot';
import { matmul } from './matmul';
import { pbkdf2 } from './pbkdf2';
import { primes } from './primes';
import { scan } from './scan';
import { sha256 } from './sha256';
import { sleep } from './sleep';
import { sort } from './sort';
import { sql } from './sql';
import type { Workload } from './workload';

/** Every workload, in the order in which they are shown. */
export const workloads: readonly Workload[] = [
  sha256,
  pbkdf2,
  primes,
  mandelbrot,
  matmul,
  kmeans,
  sort,
  group,
  sleep,
  files,
  sql,
  http,
  fetchAndHash,
  scan,
  count,
];

/** The workload of that name. Throws `unknown-workload` with the names there are, and the likely one for a near miss. */
export function findWorkload(name: string): Workload {
  const found = workloads.find((workload) => workload.info.name === name);
  if (found !== undefined) return found;
  const names = workloads.map((workload) => workload.info.name);
  const near = nearest(name, names);
  const hint = near === null ? '' : ` Did you mean "${near}"?`;
  throw new CoreloomError(
    'unknown-workload',
    `There is no workload "${shortened(name)}".${hint} The workloads are ${names.join(', ')}.`,
  );
}

/** Throws `bad-input` unless the workload can run tasks of this size; the sentence says which sizes it can. */
export function checkSize(workload: Workload, size: number): void {
  const { name, size: range } = workload.info;
  const whole = workload.fractionalSize === true || Number.isInteger(size);
  if (whole && size >= range.min && size <= range.max) return;
  const kind = workload.fractionalSize === true ? 'a number' : 'a whole number';
  throw new CoreloomError(
    'bad-input',
    `The size of ${name} (${range.meaning}) must be ${kind} from ${range.min} to ${range.max}, not ${size}.`,
  );
}

const LONGEST_NAME = 40;

function shortened(name: string): string {
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME)}…`;
}

/** A name that is what was typed but for case and signs, its beginning, or at most two slips away. */
function nearest(name: string, names: readonly string[]): string | null {
  const typed = name
    .slice(0, LONGEST_NAME)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
  if (typed.length < 2) return null;
  const begun = names.find((candidate) => candidate.startsWith(typed) || typed.startsWith(candidate));
  if (begun !== undefined) return begun;
  const ranked = names
    .map((candidate) => ({ candidate, slips: slips(typed, candidate) }))
    .sort((a, b) => a.slips - b.slips);
  const best = ranked[0];
  return best !== undefined && best.slips <= 2 && best.slips < best.candidate.length / 2 ? best.candidate : null;
}

/** Levenshtein's distance: the fewest letters to insert, remove or replace. */
function slips(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries()) {
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
