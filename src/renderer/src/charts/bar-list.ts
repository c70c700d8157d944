/** A bar of a list: its name, its parts and its figure. */
export interface BarListRow {
  key: string;
  title: string;
  colour: string;
  /** From 0, one after the other; the first is full, further ones paler. null: not measured. */
  parts: readonly number[] | null;
  low?: number | undefined;
  high?: number | undefined;
  /** The figure, and what stands beneath it. */
  text: string;
  sub?: string | undefined;
  /** A sentence under the bar. */
  note?: string | null | undefined;
  /** In a fixed-width face, beneath the title. */
  code?: string | undefined;
}
