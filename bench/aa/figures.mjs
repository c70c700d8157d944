// How figures of experiments are summed up and printed.
export const inHundred = (found, holds) => (100 * found.filter(holds).length) / found.length;
export const pairsInHundred = (found, holds) =>
  inHundred(
    found.flatMap(({ pairs }) => pairs),
    holds,
  );
export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
export const quantile = (values, share) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))];
export const isCalled = ({ verdict }) => verdict === 'lower' || verdict === 'higher';
export const isUnsteady = ({ verdict }) => verdict === 'unsteady';

const WIDTH = { title: 34, column: 9 };
/** A line of a table: figures with one digit behind the point, words as they are. */
export const line = (title, cells, width = WIDTH.column) =>
  title.padEnd(WIDTH.title) +
  cells.map((cell) => (typeof cell === 'number' ? cell.toFixed(1) : cell).padStart(width)).join('');
export const medianAndMost = (values) =>
  values.length === 0 ? '-' : `${quantile(values, 0.5).toFixed(1)} (${quantile(values, 0.9).toFixed(1)})`;
