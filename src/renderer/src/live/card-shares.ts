/** Rows of workers that a smaller card holds at a comfortable height. */
const FEW_ROWS = 5;

/** How the pictures share the height: parts, as of a grid's `fr`. */
export interface CardShares {
  cores: number;
  workers: number;
  throughput: number;
}

/** Few cores and few workers need less height: what they leave goes to the others, and nothing is stretched. */
export function cardShares(cores: number, workers: number): CardShares {
  return {
    cores: cores <= 2 ? 2.6 : cores <= 4 ? 3.6 : 5,
    workers: workers <= FEW_ROWS ? 2.6 : 4.2,
    throughput: 2,
  };
}
