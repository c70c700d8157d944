import { LIMITS, type Bounds } from '../contract';
import { UsageError } from './parse';

const UNITS_MS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** Reads `500ms`, `10s`, `1.5m`, `1h`, a week at most; answers ms. */
export function parseDuration(option: string, text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?|\.\d+)(ms|s|m|h)$/.exec(text) ?? [];
  const ms = Number(digits) * (UNITS_MS[unit ?? ''] ?? Number.NaN);
  const { min, max } = LIMITS.durationMs;
  if (ms >= min && ms <= max) return ms;
  throw new UsageError(
    `--${option} must be a time from ${String(min)}ms to ${String(max / 3_600_000)}h with its unit, such as 500ms, 10s or 2m, not "${text}".`,
  );
}

/** Reads a whole number in decimal digits from `min` to `max`. */
export function parseWhole(option: string, text: string, { min, max }: Bounds): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new UsageError(`--${option} must be a whole number from ${String(min)} to ${String(max)}, not "${text}".`);
}

/** Reads a decimal number above 0. */
export function parsePositive(option: string, text: string): number {
  const value = /^(\d+(\.\d+)?|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
  if (value > 0 && Number.isFinite(value)) return value;
  throw new UsageError(`--${option} must be a number above 0 in plain digits, such as 4 or 2.5, not "${text}".`);
}

/** Reads how long one task shall be, ms, within what can be calibrated. */
export function parseTaskMs(option: string, text: string): number {
  const value = parsePositive(option, text);
  if (value >= LIMITS.taskMs.min && value <= LIMITS.taskMs.max) return value;
  throw new UsageError(
    `--${option} must be a number of milliseconds from ${String(LIMITS.taskMs.min)} to ${String(LIMITS.taskMs.max)}, not "${text}".`,
  );
}

/** How many tasks may fail: a number of them, or a percentage of all that were done or failed. */
export type Allowance = { tasks: number } | { percent: number };

/** Reads `5` or `2%`. */
export function parseAllowance(option: string, text: string): Allowance {
  const [, digits = '', percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? [];
  const value = digits === '' ? Number.NaN : Number(digits);
  if (percent === '%' && value <= 100) return { percent: value };
  if (percent === '' && Number.isSafeInteger(value) && !digits.includes('.')) return { tasks: value };
  throw new UsageError(
    `--${option} must be a whole number of tasks, such as 5, or a percentage of them from 0% to 100%, such as 2%, not "${text}".`,
  );
}
