// How values are written on the screen, in the terminal, in HTML and in Markdown: one rule for each unit (ADR 36).

/** Stands for a value that is not there: not measured, not available here, nothing to measure. Never 0. */
export const NONE = '–';

/** Explains the dash where one stands in a table. */
export const NONE_MEANS = `${NONE}: not measured, not available here, nothing to measure, or too few values (p99 needs 100 tasks)`;

/** A value as it is written: its figure, and its unit where that can stand elsewhere. */
interface Parts {
  figure: string;
  unit: string;
  /** The value in that unit; null where the figure is no decimal number of one unit: `2 min 5 s`. */
  inUnit: number | null;
}

/** Writes values of one unit, with the unit behind a space; a dash for what is null or not finite. */
export interface Unit {
  (value: number | null | undefined): string;
  parts: (value: number) => Parts;
}

function unitOf(parts: Unit['parts']): Unit {
  const written = (value: number | null | undefined): string => {
    if (value === null || value === undefined || !Number.isFinite(value)) return NONE;
    const { figure, unit } = parts(value);
    return unit === '' ? figure : `${figure} ${unit}`;
  };
  return Object.assign(written, { parts });
}

/** Groups the thousands of a decimal number. Not by Intl: its first use takes 25 ms of CPU time in every worker. */
const grouped = (digits: string): string => digits.replace(/\d(?=(?:\d{3})+(?!\d))/g, '$&,');

/** Binary fractions of decimal values, such as 0.07 × 100, to the value that was meant. */
const clean = (value: number): number => Number(value.toPrecision(15));

/** A sign before what is less than 0, none before what is written as 0. */
const signed = (value: number, text: string): string => (value < 0 && /[1-9]/.test(text) ? `−${text}` : text);

const LEAST = 1e-4;

/** A size, not negative, with three significant digits; from 100 on as a whole number. */
function threeDigits(size: number): string {
  const short = Number(size.toPrecision(3));
  if (size > Number.MAX_SAFE_INTEGER || (size !== 0 && short < LEAST))
    return size.toExponential(2).replace('e+', 'e').replace('e-', 'e−');
  return short >= 100 ? grouped(size.toFixed(0)) : size === 0 ? '0' : size.toPrecision(3);
}

/** What can only be measured: three digits always. */
const measured = (value: number): string => signed(value, threeDigits(Math.abs(clean(value))));

/** What may be chosen or counted too: the same, but for whole numbers, which are whole. */
function figureOf(value: number): string {
  const size = clean(value);
  return Number.isSafeInteger(size) ? signed(size, grouped(String(Math.abs(size)))) : measured(size);
}

/** The unit of a size whose figure, as written, is less than one of the next unit. */
function scaled(value: number, steps: readonly { unit: string; of: number }[]): Parts {
  const shown = (of: number): number => {
    const size = Math.abs(value) / of;
    return size < 100 ? Number(size.toPrecision(3)) : Math.round(size);
  };
  const fits = steps.find(({ of }, at) => shown(of) < (steps[at + 1]?.of ?? Infinity) / of) ?? { unit: '', of: 1 };
  return { figure: figureOf(value / fits.of), unit: fits.unit, inUnit: value / fits.of };
}

/** A count, or a rate in a column of rates: three significant digits, whole numbers whole: `12,345`, `1.93`, `0.0512`. */
export const number: Unit = unitOf((value) => ({ figure: figureOf(value), unit: '', inUnit: value }));

/** Cores, as CPU time tells them: two decimals at most, under them the first digit: `1.93`, `0.91`, `0.004`. */
export const coreCount: Unit = unitOf((cores) => {
  const size = Math.abs(clean(cores));
  const short = size >= LEAST && size < 1 ? (size < 0.00995 ? size.toPrecision(1) : size.toFixed(2)) : null;
  return { figure: short === null ? measured(cores) : signed(cores, short), unit: '', inUnit: cores };
});

/** How many times as much: `1.93 ×`, `0.512 ×`. */
export const factor: Unit = unitOf((ratio) => ({ figure: measured(ratio), unit: '×', inUnit: ratio }));

/** A rate a second: `21.3 /s`. */
export const rate: Unit = unitOf((perSecond) => ({ figure: figureOf(perSecond), unit: '/s', inUnit: perSecond }));

const TIMES = [
  { unit: 'ns', of: 1e-6 },
  { unit: 'µs', of: 1e-3 },
  { unit: 'ms', of: 1 },
  { unit: 's', of: 1e3 },
];

/** `2 min 5 s` from `large`, how many small ones it has, and the size in small ones. */
function twoUnits(size: number, [large, small]: readonly [string, string], exact: boolean): string {
  const [whole, rest] = [Math.floor(size / 60), size % 60];
  return `${figureOf(whole)} ${large}${rest === 0 && exact ? '' : ` ${String(rest)} ${small}`}`;
}

function durationParts(ms: number): Parts {
  if (ms === 0) return { figure: '0', unit: 'ms', inUnit: 0 };
  const [seconds, minutes] = [Math.round(Math.abs(ms) / 1e3), Math.round(Math.abs(ms) / 6e4)];
  if (seconds < 120) return scaled(ms, TIMES);
  if (minutes >= 6000) return { figure: figureOf(ms / 36e5), unit: 'h', inUnit: ms / 36e5 };
  const text =
    minutes < 120
      ? twoUnits(seconds, ['min', 's'], seconds * 1e3 === Math.abs(ms))
      : twoUnits(minutes, ['h', 'min'], minutes * 6e4 === Math.abs(ms));
  return { figure: signed(ms, text), unit: '', inUnit: null };
}

/** A length of time in ms, in the unit that fits it: `412 ns`, `31.4 µs`, `4.10 ms`, `1.25 s`, `2 min 5 s`, `3 h 20 min`. */
export const duration: Unit = unitOf(durationParts);

/** The same of a length of time in µs. */
export const durationOfUs: Unit = unitOf((us) => durationParts(us / 1e3));

const DECIMAL = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'].map((unit, at) => ({ unit, of: 1000 ** at }));
const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'].map((unit, at) => ({ unit, of: 1024 ** at }));

/** There are no parts of a byte. */
const whole = (size: number): number => (Math.abs(size) < 999.5 ? Math.round(size) : size);

/** Measured memory and data in bytes, decimal units: `200 B`, `6.10 MB`. */
export const bytes: Unit = unitOf((value) => scaled(whole(value), DECIMAL));

/** A size that is a power of two or made of such, as limits, messages and memory of machines are: `64 KiB`, `31.3 GiB`. */
export const binarySize: Unit = unitOf((value) => scaled(whole(value), BINARY));

/** Bytes a second: `1.20 GB/s`. */
export const byteRate: Unit = unitOf((value) => {
  const { unit, ...parts } = bytes.parts(value);
  return { ...parts, unit: `${unit}/s` };
});

function hundredths(share: number): string {
  const size = Math.abs(clean(share * 100));
  if (size >= 9.95 || Number.isInteger(size)) return figureOf(Math.sign(share) * Math.round(size));
  return signed(share, size.toFixed(Number(size.toPrecision(2)) >= 1 ? 1 : 2));
}

/** A share as a percentage, two digits and no more than two decimals: `36 %`, `7.3 %`, `0.42 %`. What 100 % is must stand beside it. */
export const percent: Unit = unitOf((share) => ({ figure: hundredths(share), unit: '%', inUnit: share * 100 }));

/** The clock rate of a core that is given in MHz, on the screen: `3.9 GHz`. */
export const gigahertz: Unit = unitOf((mhz) => ({ figure: (mhz / 1e3).toFixed(1), unit: 'GHz', inUnit: mhz / 1e3 }));

/** A temperature, whole degrees: `71 °C`. */
export const celsius: Unit = unitOf((degrees) => ({
  figure: signed(degrees, String(Math.abs(Math.round(degrees)))),
  unit: '°C',
  inUnit: degrees,
}));

/** A difference of two shares in percentage points: `1.2 points`. */
export const points: Unit = unitOf((share) => ({ figure: hundredths(share), unit: 'points', inUnit: share * 100 }));

/** The clock of cores in reports: whole MHz. */
export const megahertz: Unit = unitOf((mhz) => ({ figure: grouped(mhz.toFixed(0)), unit: 'MHz', inUnit: mhz }));

/** A parameter without a unit, such as R²: three decimals. */
export const coefficient: Unit = unitOf((value) => ({
  figure: signed(value, Math.abs(value).toFixed(3)),
  unit: '',
  inUnit: value,
}));

/** A point in time, in ms since a run began: seconds with two decimals, so that neighbours can be told apart. */
export const instant: Unit = unitOf((ms) => ({
  figure: signed(ms, grouped(Math.abs(ms / 1e3).toFixed(2))),
  unit: 's',
  inUnit: ms / 1e3,
}));

/** A time before or after another one, as axes have it: `−12.3 s`; `zero` is the word for that one. */
export function apartFrom(ms: number, zero = 'now'): string {
  return Math.abs(ms) < 50 ? zero : `${ms < 0 ? '−' : '+'}${(Math.abs(ms) / 1e3).toFixed(1)} s`;
}

/** An estimate of what is left, ms, rounded up to what can be known of it: seconds, and from 100 s on minutes. */
export function wholeSeconds(ms: number): number {
  const step = ms > 1e5 ? 6e4 : 1e3;
  return Math.ceil(ms / step) * step;
}

/** A clock that runs: `00:41`, `1:02:05`. */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1e3);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** A round number, such as one on an axis: as its unit has it, without zeros at its end: `0.5 ×`, `1.5 GB`. */
export function withoutZeros(value: number, unit: Unit): string {
  const { figure, unit: name } = unit.parts(value);
  const short = figure.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
  return name === '' ? short : `${short} ${name}`;
}

/** More than one of what a noun names: `workers`, `processes`. */
export function several(one: string): string {
  return one.endsWith('s') ? `${one}es` : `${one}s`;
}

/** A count with its noun: `1 worker`, `12,000 tasks`, `1.5 cores`. */
export function plural(count: number, one: string, many = several(one)): string {
  return `${withoutZeros(count, number)} ${count === 1 ? one : many}`;
}

/** The units of figures that reports are compared by. */
export const FIGURE_UNITS = {
  ms: duration,
  us: durationOfUs,
  perSecond: rate,
  bytes,
  cores: coreCount,
  times: factor,
  share: percent,
} satisfies Record<string, Unit>;
export type FigureUnit = keyof typeof FIGURE_UNITS;

interface Ends {
  low: number;
  high: number;
}

/** A value with its interval, which too few measurements do not have. */
interface Measured {
  value: number;
  low: number | null;
  high: number | null;
}

/** An interval by itself: `[392, 408] ms` where both ends have that unit, else `[980 ms, 1.01 s]`. */
export function interval({ low, high }: Ends, unit: Unit): string {
  const { text, common } = bracket(alike([low, high], unit), [low, high], unit);
  return common === '' ? text : `${text} ${common}`;
}

/** An interval beside the value that it is of, whose unit is not said again: `[392, 408]`. A single value has none: `–`. */
export function intervalBeside(estimate: Measured | null, unit: Unit): string {
  const ends = endsOf(estimate);
  return estimate === null || ends === null ? NONE : besideValue(estimate.value, ends, unit)[1];
}

/**
 * A value with its interval, as they stand everywhere: `1.93 × [1.90, 1.96]`, `0.99 s [980 ms, 1.01 s]`. All three have
 * the same decimals where they have one unit and are of one size, as many as the width of the interval warrants:
 * `0.980 × [0.960, 1.000]`, `31 ms [9, 53]`. A single value, measured once, has no interval.
 */
export function withInterval(estimate: Measured | null, unit: Unit): string {
  const ends = endsOf(estimate);
  return estimate === null || ends === null ? unit(estimate?.value) : besideValue(estimate.value, ends, unit).join(' ');
}

function besideValue(value: number, { low, high }: Ends, unit: Unit): [string, string] {
  if (![value, low, high].every(Number.isFinite)) return [unit(value), `[${unit(low)}, ${unit(high)}]`];
  const [own, ...three] = alike([value, low, high], unit);
  const ends = three.every((one) => one.unit === own?.unit) ? three : alike([low, high], unit);
  const { text, common } = bracket(ends, [low, high], unit);
  const said = own === undefined || own.unit === '' ? (own?.figure ?? '') : `${own.figure} ${own.unit}`;
  return [said, common === '' || common === own?.unit ? text : `${text} ${common}`];
}

/** The ends of an interval; null of a single value, and of too few. */
export function endsOf(estimate: Measured | null): Ends | null {
  if (estimate === null || estimate.low === null || estimate.high === null) return null;
  return estimate.low === estimate.high ? null : { low: estimate.low, high: estimate.high };
}

/** Both ends, and the unit that they have in common; 0 has any. */
function bracket(
  [from, to]: readonly Parts[],
  [low, high]: readonly [number, number],
  unit: Unit,
): { text: string; common: string } {
  if (from === undefined || to === undefined || (from.unit !== to.unit && low !== 0))
    return { text: `[${unit(low)}, ${unit(high)}]`, common: '' };
  return { text: `[${from.figure}, ${to.figure}]`, common: to.unit };
}

/** Values this many times as large as others keep their own digits: the same decimals would say what was not measured. */
const ONE_SIZE = 10;

/** The two leading digits of an interval's width are said, as of any uncertainty (GUM, 7.2.6): more would say what was not measured. */
const DIGITS_OF_WIDTH = 2;

/**
 * The ends of an interval, or a value and the ends, as they are written side by side: with the decimals of the one that has most, but
 * no more than the width of the interval warrants. Empty where one is not finite.
 */
function alike(values: readonly number[], unit: Unit): Parts[] {
  if (!values.every(Number.isFinite)) return [];
  const all = values.map((value) => unit.parts(value));
  const sized = all.filter(({ inUnit }) => inUnit !== 0);
  const sizes = sized.map(({ inUnit }) => Math.abs(inUnit ?? NaN));
  const exact = sized.every(({ figure, unit: one }) => one === sized[0]?.unit && !figure.includes('e'));
  // NaN, for what is written in two units, is of no size.
  if (!exact || !(Math.max(...sizes) <= ONE_SIZE * Math.min(...sizes))) return all;
  const most = Math.max(...sized.map(({ figure }) => figure.split('.')[1]?.length ?? 0));
  const decimals = Math.min(most, decimalsOf(Math.abs((all.at(-1)?.inUnit ?? 0) - (all.at(-2)?.inUnit ?? 0))));
  return all.map((parts) => (parts.inUnit === 0 ? parts : { ...parts, figure: fixed(parts.inUnit ?? 0, decimals) }));
}

/** The decimals of a value that is known to within an interval of this width. */
function decimalsOf(width: number): number {
  return width > 0 ? Math.max(0, DIGITS_OF_WIDTH - 1 - Math.floor(Math.log10(clean(width)))) : Infinity;
}

function fixed(value: number, decimals: number): string {
  const [whole = '', ...rest] = Math.abs(clean(value)).toFixed(decimals).split('.');
  return signed(value, [grouped(whole), ...rest].join('.'));
}

/** A factor with its interval: `1.93 × [1.90, 1.96]`. */
export function times(estimate: Measured | null): string {
  return withInterval(estimate, factor);
}

/** A share with what 100 % is: `36 % of one core`. */
export function percentOf(share: number | null | undefined, whole: string): string {
  const said = percent(share);
  return said === NONE ? NONE : `${said} of ${whole}`;
}
