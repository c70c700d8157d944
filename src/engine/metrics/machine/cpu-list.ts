/**
 * Parses the kernel's list of numbers (`0-3,8,10-11`); null where the text is no such list. An empty list is null
 * too: nothing can run on no core, so it says nothing.
 */
export function parseCpuList(text: string): number[] | null {
  const numbers = new Set<number>();
  for (const part of text.trim().split(',')) {
    const match = /^(\d+)(?:-(\d+))?$/.exec(part.trim());
    if (match === null) return null;
    const first = Number(match[1]);
    const last = Number(match[2] ?? match[1]);
    if (last < first || last - first > 1e5) return null;
    for (let number = first; number <= last; number++) numbers.add(number);
  }
  return [...numbers].sort((a, b) => a - b);
}

/** Writes numbers as the kernel does, for people: `0-3, 8`. */
export function formatCpuList(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let start = 0; start < numbers.length;) {
    let end = start;
    while (numbers[end + 1] === (numbers[end] ?? 0) + 1) end++;
    const first = String(numbers[start]);
    parts.push(end === start ? first : `${first}-${String(numbers[end])}`);
    start = end + 1;
  }
  return parts.join(', ');
}
