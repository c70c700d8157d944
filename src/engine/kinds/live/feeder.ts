import type { TaskInput } from '../../workload/workload';

/** Hands out the inputs of a run in turn, to all its executors, until a limit. */
export interface Feeder {
  next(): TaskInput | undefined;
  /** Takes back an input that was handed out and never started, to be handed out again. */
  giveBack(input: TaskInput): void;
  /** Whether there are inputs that were given back. */
  hasReturned(): boolean;
  /** Which of the inputs this is, from 0. */
  indexOf(input: TaskInput): number;
  /** Hands out nothing from now on. */
  stop(): void;
}

export function createFeeder(inputs: readonly TaskInput[], limit: number | null): Feeder {
  const indices = new Map(inputs.map((input, index) => [input, index]));
  const returned: TaskInput[] = [];
  let handedOut = 0;
  let stopped = false;
  return {
    next() {
      if (stopped) return undefined;
      const again = returned.pop();
      if (again) return again;
      if (limit !== null && handedOut >= limit) return undefined;
      return inputs[handedOut++ % inputs.length];
    },
    giveBack: (input) => void returned.push(input),
    hasReturned: () => !stopped && returned.length > 0,
    indexOf: (input) => indices.get(input) ?? -1,
    stop: () => void (stopped = true),
  };
}
