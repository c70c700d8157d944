import { celsius, coreCount, gigahertz, percent, plural } from '../../contract';
import { bar, block } from './bar';
import type { CoreMoment, Moment } from './moment';
import { letterOf, type Cause, type Paint } from './paint';
import { columnsFor, fit, inColumns, padded } from './text';

/** The narrowest cell that has a number, a bar and a percentage. */
const LEAST_CELL = 21;
const PERCENT_WIDTH = 5;
/** Cores of a line where there are too many for bars; the number of the first stands before them. */
const LINE_CORES = [128, 64, 32, 16, 8];
/** Marks between two spaces. */
const GROUP = 8;
/** What used less of a core is not said to have it. */
const LEAST_SHARE = 0.05;

/** The cores in `rows` lines at most: how many are busy, then a bar for each, or where these do not fit a grid of blocks. */
export function coreLines(moment: Moment, size: { width: number; rows: number }, paint: Paint): string[] {
  if (moment.cores.length === 0) return [];
  const rows = size.rows - 1;
  const bars = barLines(moment.cores, { ...size, rows }, paint);
  const grid = bars === null ? gridOf(moment.cores, { ...size, rows }) : null;
  const lines = bars ?? grid?.lines(paint) ?? [];
  return [headLine(moment, grid?.each ?? 1, size.width, paint), ...lines];
}

function headLine({ cores, attributed, mhz, celsius: degrees }: Moment, each: number, width: number, paint: Paint) {
  const busy = cores.reduce((sum, core) => sum + core.busy, 0);
  const facts = [
    `${coreCount(busy)} of ${String(cores.length)} busy`,
    ...(mhz === null ? [] : [gigahertz(mhz)]),
    ...(degrees === null ? [] : [celsius(degrees)]),
    `${letterOf('other')} ${attributed ? 'everything else' : 'in use: by what is not available here'}`,
    ...(each > 1 ? [`each mark: ${plural(each, 'core')}`] : []),
  ];
  return fit(`${paint.strong('Cores')}  ${facts.join('  ')}`, width);
}

function barLines(cores: readonly CoreMoment[], size: { width: number; rows: number }, paint: Paint): string[] | null {
  const fits = columnsFor(cores.length, { ...size, least: LEAST_CELL });
  if (fits === null) return null;
  const digits = String(Math.max(...cores.map(({ core }) => core))).length;
  const room = fits.cell - digits - PERCENT_WIDTH - 2;
  const cells = cores.map(({ core, busy, parts }) =>
    [padded(String(core), digits, 'left'), bar(parts, room, paint), padded(percent(busy), PERCENT_WIDTH, 'left')].join(
      ' ',
    ),
  );
  return inColumns(cells, fits.columns);
}

interface Grid {
  /** Neighbours that share a mark. */
  each: number;
  lines(paint: Paint): string[];
}

/** Two lines for each row of cores: blocks as high as each is busy, and beneath them the letter of what used most of it. */
function gridOf(cores: readonly CoreMoment[], { width, rows }: { width: number; rows: number }): Grid | null {
  const digits = String(Math.max(...cores.map(({ core }) => core))).length;
  const perLine = LINE_CORES.find((count) => digits + 1 + count + count / GROUP - 1 <= width);
  if (perLine === undefined || rows < 2) return null;
  const each = Math.ceil(cores.length / (perLine * Math.floor(rows / 2)));
  const marks = Array.from({ length: Math.ceil(cores.length / each) }, (_, at) => {
    const some = cores.slice(at * each, (at + 1) * each);
    return { first: some[0]?.core ?? 0, busy: meanOf(some), cause: causeOf(some) };
  });
  return {
    each,
    lines: (paint) =>
      Array.from({ length: Math.ceil(marks.length / perLine) }, (_, row) => {
        const line = marks.slice(row * perLine, (row + 1) * perLine);
        const label = padded(String(line[0]?.first ?? 0), digits, 'left');
        const blocks = line.map(({ busy, cause }) => painted(cause, block(busy), paint));
        const letters = line.map(({ cause }) => painted(cause, cause === null ? '·' : letterOf(cause), paint));
        return [`${label} ${grouped(blocks)}`, `${' '.repeat(digits)} ${grouped(letters)}`];
      }).flat(),
  };
}

const painted = (cause: Cause | null, text: string, paint: Paint): string =>
  cause === null ? paint.quiet(text) : paint.of(cause, text);

const grouped = (marks: readonly string[]): string =>
  marks.map((mark, at) => (at > 0 && at % GROUP === 0 ? ` ${mark}` : mark)).join('');

const meanOf = (cores: readonly CoreMoment[]): number => cores.reduce((sum, { busy }) => sum + busy, 0) / cores.length;

/** What used most of some cores; null where nothing did. */
function causeOf(cores: readonly CoreMoment[]): Cause | null {
  const sums = new Map<Cause, number>();
  for (const { cause, share } of cores.flatMap(({ parts }) => parts)) sums.set(cause, (sums.get(cause) ?? 0) + share);
  const [most] = [...sums].sort(([, a], [, b]) => b - a);
  return most === undefined || most[1] < LEAST_SHARE * cores.length ? null : most[0];
}
