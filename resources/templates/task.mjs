// A module for Coreloom, to measure on threads and on processes:
//
//     coreloom run ./task.mjs --threads 2 --processes 2 --duration 10s
//
// Everything except `task` is optional.

/** How it is shown. */
export const meta = {
  title: 'Collatz steps',
  summary: 'Counts the steps that numbers take until they are 1.',
  // What limits the task: cpu, io, mixed, or custom (not known). The finding is worded accordingly.
  kind: 'cpu',
  // What `input.size` means, so that --size and --task-ms can be used. Whole numbers from 1.
  size: { meaning: 'numbers to count the steps of', min: 1, default: 2_000, max: 1_000_000 },
  // Set this to false if the same input can give different results (a time, a random number).
  deterministic: true,
};

/**
 * Called once for each worker, before its first task: opens what all its tasks use. What it returns is `context.state`.
 * `context.worker` counts from 1, `context.executor` is `threads` or `processes`.
 */
export async function setup(context) {
  return { worker: context.worker, tasks: 0 };
}

/**
 * Called for each task. `input` is { index, seed, size }, or one of `inputs` if the module exports those: a list, or
 * a function (also a generator) of { seed, size }.
 *
 * The result is reduced to a checksum, which shows that all executors did the same work. Return plain data, the same for
 * the same input. The task may be async. `context.signal` is aborted when the run is stopped; `context.log(...)` prints a
 * line, which is shown at once.
 */
export function task(input, context) {
  context.state.tasks += 1;
  let steps = 0;
  for (let i = 1; i <= input.size; i += 1) {
    let n = input.index + i;
    while (n !== 1) {
      n = n % 2 === 0 ? n / 2 : 3 * n + 1;
      steps += 1;
    }
  }
  return { index: input.index, steps };
}

/** Called once for each worker that is stopped; it has about a third of a second. */
export async function teardown(context) {
  context.state.tasks = 0;
}
