import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Executor } from '../../../src/engine/executor';
import { createProcessPool, createThreadPool } from '../../../src/engine/pool';
import { inputSeed } from '../../../src/engine/workload/inputs';
import { workloads } from '../../../src/engine/workload/registry';
import type { TaskInput } from '../../../src/engine/workload/workload';
import { ENTRIES } from '../../support/paths';
import { prepareWorkloads, type PreparedWorkloads } from '../workload/prepared';
import { allInterpreters, create, titleOf, variantsOf } from './support/pythons';

/** Sizes where data are cut in more than one way. */
const WORK: readonly [workload: string, sizes: number[]][] = [
  ['sha256', [64, 65_536, 1_048_577, 3_000_000]],
  ['primes', [1, 100]],
  ['matmul', [4, 21]],
  ['sleep', [0.5]],
  ['files', [1, 65_536, 200_001]],
  ['count', [1]],
];
const SEEDS = [0, 0xffff_ffff, inputSeed(7, 1)];
let inputs: readonly TaskInput[] = [];
let prepared: PreparedWorkloads;

const interpreters = await allInterpreters();

async function checksums(executor: Executor<TaskInput, number>): Promise<(number | string)[]> {
  executor.resize(2);
  const outcomes = await Promise.all(inputs.map((input) => executor.submit(input)));
  await executor.close();
  return outcomes.map((outcome) =>
    outcome.state === 'done' ? outcome.value : outcome.state === 'failed' ? outcome.error.message : outcome.state,
  );
}

describe('checksums', () => {
  let expected: (number | string)[] = [];
  const close: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    prepared = await prepareWorkloads();
    // Every workload that there is, and what needs more than one size.
    const each = workloads.flatMap(({ info }) =>
      SEEDS.map((seed) => prepared.taskOf(info.name, Math.max(info.size.min, 20), seed)),
    );
    inputs = [
      ...each,
      ...WORK.flatMap(([workload, sizes]) =>
        sizes.flatMap((size) => SEEDS.map((seed) => prepared.taskOf(workload, size, seed))),
      ),
    ];
  });
  afterAll(async () => {
    for (const one of close) await one();
    await prepared.stop();
  });

  it('are the same on threads and processes of Node', async () => {
    expected = await checksums(createThreadPool<TaskInput, number>({ entries: ENTRIES }));
    expect(expected.every((value) => typeof value === 'number')).toBe(true);
    expect(await checksums(createProcessPool<TaskInput, number>({ entries: ENTRIES }))).toEqual(expected);
  });

  // Every interpreter of this machine, as every executor that it can be, by every start method.
  for (const interpreter of interpreters) {
    const { version, executable, startMethods } = interpreter;
    it.each(variantsOf(interpreter, startMethods).map((variant) => ({ title: titleOf(variant), variant })))(
      `are the same on $title of ${version} (${executable})`,
      async ({ variant }) => {
        expect(await checksums(create<TaskInput, number>(variant, null))).toEqual(expected);
      },
    );
  }

  it.skipIf(interpreters.length === 0)(
    'cannot be had of a workload that Python has not: the task says so',
    async () => {
      const executor = create<TaskInput, number>({ name: 'python-threads', interpreter: interpreters[0]! }, null);
      close.push(() => executor.close());
      executor.resize(1);
      for (const workload of ['nothing', '../tasks', '__init__']) {
        const outcome = await executor.submit({ workload, size: 1, seed: 1 });
        expect(outcome).toMatchObject({
          state: 'failed',
          error: {
            code: 'task-threw',
            message: expect.stringMatching(
              /LookupError: (There is no workload|The workload nothing does not exist in Python)/,
            ),
          },
        });
      }
    },
  );
});
