import type { ExperimentState, Sample } from '../../contract';

/** Where an experiment is shown while it is on. */
export interface Screen {
  sample(sample: Sample): void;
  show(state: ExperimentState): void;
  /** Prints whole lines that stay, above what is drawn. */
  above(print: () => void): void;
  /** Takes away what is drawn, for good. */
  end(): void;
}
