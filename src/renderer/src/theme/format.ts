import { fixed, grouped } from '../../../contract';

/** Shown where something cannot be measured here; never 0. */
export const NOT_AVAILABLE = 'not available here';
/** Shown where nothing has been measured yet. */
export const NOTHING_YET = '–';

/** A whole number with thousands separated. */
export function count(value: number): string {
  return grouped(value);
}

/** Three significant digits: intervals would else have two ends that look alike. */
function significant(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1) return value.toPrecision(3);
  return size >= 99.95 ? grouped(value) : value.toFixed(size >= 9.995 ? 1 : 2);
}

/** A rate a second, without its unit. */
export function rate(perSecond: number): string {
  if (perSecond >= 100 || perSecond === 0) return grouped(perSecond);
  if (perSecond < 0.095) return perSecond.toPrecision(2);
  return perSecond.toFixed(perSecond >= 1 ? 1 : 2);
}

/** A length of time in the unit that fits it: 31.4 µs, 4.10 ms, 1.25 s, 2 min 5 s. */
export function duration(ms: number): string {
  if (ms === 0) return '0 ms';
  if (ms < 1) return `${significant(ms * 1e3)} µs`;
  if (ms < 1000) return `${significant(ms)} ms`;
  if (ms < 120_000) return `${significant(ms / 1e3)} s`;
  const seconds = Math.round(ms / 1e3);
  return `${grouped(Math.floor(seconds / 60))} min ${seconds % 60} s`;
}

/** A time before another one, as the axes have it: −12.3 s; `zero` is the word for that one. */
export function seconds(ms: number, zero = 'now'): string {
  return Math.abs(ms) < 50 ? zero : `${ms < 0 ? '−' : '+'}${(Math.abs(ms) / 1e3).toFixed(1)} s`;
}

/** mm:ss, or h:mm:ss. */
export function elapsed(ms: number): string {
  const seconds = Math.floor(ms / 1e3);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** Decimal units: 200 B, 6.10 MB. */
export function bytes(value: number): string {
  // Less than before is possible: what was freed meanwhile.
  if (Math.round(value) < 0) return `−${bytes(-value)}`;
  if (value < 1000) return `${grouped(value)} B`;
  if (value < 1e6) return `${significant(value / 1e3)} kB`;
  if (value < 1e9) return `${significant(value / 1e6)} MB`;
  return `${significant(value / 1e9)} GB`;
}

/** A ratio as a percentage; what 100 % is must stand beside it. */
export function percent(ratio: number, digits = 0): string {
  return `${fixed(ratio * 100, digits)} %`;
}

/** How many times as much: 1.93 ×. */
export function times(ratio: number): string {
  return `${ratio >= 100 ? ratio.toFixed(0) : ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(2)} ×`;
}

/** A wall time as a person reads it: 22 Nov, 19:05. */
export function moment(iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime())
    ? iso
    : `${at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })}, ${at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`;
}
