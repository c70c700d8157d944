/** What the "?" of a card says, in a sentence or two each. The texts stand beside their view. */
export interface CardHelp {
  shows: string;
  measured: string;
  /** By how much it can be off, and when. */
  off: string;
}
