/** A value with its 95 % bootstrap interval. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}
