/** Columns of text: the first to the left, the others to the right, unless said otherwise. */
export function textTable(rows: readonly (readonly string[])[], sides: readonly ('left' | 'right')[] = []): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const left = (column: number): boolean => (sides[column] ?? (column === 0 ? 'left' : 'right')) === 'left';
  const pad = (cell: string, column: number): string =>
    left(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  return rows.map((row) => `${row.map(pad).join('   ').trimEnd()}\n`).join('');
}
