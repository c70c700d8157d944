import sliceAnsi from 'slice-ansi';
import stringWidth from 'string-width';

/** Cut to a width in columns of the terminal; what was cut off ends in an ellipsis. */
export function fit(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  if (width < 1) return '';
  const cut = sliceAnsi(text, 0, width - 1);
  // A wide character at the edge is kept whole.
  return `${stringWidth(cut) < width ? cut : sliceAnsi(text, 0, width - 2)}…`;
}

/** Cut or filled up to a width in columns, from the right or from the left. */
export function padded(text: string, width: number, side: 'left' | 'right' = 'right'): string {
  const cut = fit(text, width);
  const fill = ' '.repeat(width - stringWidth(cut));
  return side === 'right' ? `${cut}${fill}` : `${fill}${cut}`;
}

/** One text at the left end of a line and one at the right; the right one is left out if it does not fit. */
export function spread(left: string, right: string, width: number): string {
  const room = width - stringWidth(left) - stringWidth(right);
  return room < 2 ? fit(left, width) : `${left}${' '.repeat(room)}${right}`;
}

/** Cells of one width in `columns` columns, which are filled from top to bottom, with two spaces between them. */
export function inColumns(cells: readonly string[], columns: number): string[] {
  const rows = Math.ceil(cells.length / columns);
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => cells[column * rows + row] ?? '')
      .join('  ')
      .trimEnd(),
  );
}

/** The fewest columns in which all cells fit into `rows`, and how wide each is; null if they do not fit. */
export function columnsFor(
  count: number,
  { least, rows, width }: { least: number; rows: number; width: number },
): { columns: number; cell: number } | null {
  const most = Math.floor((width + 2) / (least + 2));
  const columns = Math.max(1, Math.ceil(count / Math.max(1, rows)));
  if (rows < 1 || columns > most) return null;
  return { columns, cell: Math.floor((width + 2) / columns) - 2 };
}
