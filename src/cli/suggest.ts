/** The name that was probably meant: at most two slips away and most of it right, or its letters in another order. */
export function suggest(typed: string, names: readonly string[]): string | null {
  const slips = names.map((name) => ({ name, slips: distance(typed.toLowerCase(), name.toLowerCase()) }));
  const best = slips.sort((a, b) => a.slips - b.slips)[0];
  if (best === undefined || best.slips > 2) return null;
  return best.slips < best.name.length / 2 || letters(best.name) === letters(typed.toLowerCase()) ? best.name : null;
}

/** Levenshtein's distance: insertions, removals and replacements. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = at(row, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, at(row, j) + 1, at(next, j - 1) + 1));
    }
    row = next;
  }
  return at(row, b.length);
}

const letters = (word: string): string => [...word].sort().join('');

const at = (row: number[], i: number): number => row[i] ?? Number.POSITIVE_INFINITY;
