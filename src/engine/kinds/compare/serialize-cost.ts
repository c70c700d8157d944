import { deserialize, serialize } from 'node:v8';
import { nowMs } from '../../system/clock';
import type { TaskInput } from '../../workload/workload';

const REPEATS = 5;

/**
 * What it costs to turn the arguments and results of a list of tasks into bytes and back, ms: the fastest of a few
 * tries with the serializer that Node's threads and processes use. Measured apart, as the system does not tell when
 * it happens inside a hand-over.
 */
export function serializeCostMs(inputs: readonly TaskInput[], tasks: number): number {
  const list = Array.from({ length: tasks }, (_, at) => inputs[at % inputs.length]);
  const results = list.map((_, at) => at);
  let fastestMs = Infinity;
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const startMs = nowMs();
    deserialize(serialize(list));
    deserialize(serialize(results));
    fastestMs = Math.min(fastestMs, nowMs() - startMs);
  }
  return fastestMs;
}
