import { afterEach, expect, it } from 'vitest';
import { createHostedThreadPool, createProcessPool, createThreadPool } from '../../../../src/engine/pool';
import { findWorkload } from '../../../../src/engine/workload/registry';
import { crewOf } from '../../../../src/engine/kinds/live/plan';
import type { Executor } from '../../../../src/engine/executor';
import type { TaskInput } from '../../../../src/engine/workload/workload';
import { ENTRIES } from '../../../support/paths';

const pools: Executor<TaskInput, number>[] = [];
const kept = (pool: Executor<TaskInput, number>): Executor<TaskInput, number> => {
  pools.push(pool);
  return pool;
};

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

function fakeExecutors(size: number) {
  const executors = [kept(createThreadPool({ entries: ENTRIES })), kept(createProcessPool({ entries: ENTRIES }))];
  return crewOf({ workload: findWorkload('matmul'), executors }, { taskMs: null, size }, () =>
    kept(createHostedThreadPool({ entries: ENTRIES })),
  );
}

it('leaves threads in the engine for tasks that hold little', () => {
  const { executors, own, close } = fakeExecutors(128);
  expect(executors.map(({ name, threadHost }) => [name, threadHost])).toEqual([
    ['threads', 'engine'],
    ['processes', undefined],
  ]);
  expect(own).toEqual([]);
  expect(close).toBeUndefined();
});

it('has threads in a process of their own where tasks hold much memory, for that run alone', async () => {
  const { executors, own, close } = fakeExecutors(4000);
  expect(executors.map(({ name, threadHost }) => [name, threadHost])).toEqual([
    ['threads', 'own-process'],
    ['processes', undefined],
  ]);
  expect(own).toEqual([executors[0]]);
  await close?.();
  expect(() => {
    executors[0]?.resize(1);
  }).toThrow(/closed/);
});

it('has no second process for threads that have one already', async () => {
  const threads = kept(createHostedThreadPool<TaskInput, number>({ entries: ENTRIES }));
  const { executors, own } = crewOf(
    { workload: findWorkload('matmul'), executors: [threads] },
    { taskMs: null, size: 4000 },
    () => kept(createHostedThreadPool({ entries: ENTRIES })),
  );
  expect(executors).toEqual([threads]);
  expect(own).toEqual([]);
});

it('runs a built-in workload on threads of another process, to the same checksum', async () => {
  const input = { workload: 'matmul', size: 16, seed: 7 };
  const pair = [
    kept(createThreadPool<TaskInput, number>({ entries: ENTRIES })),
    kept(createHostedThreadPool<TaskInput, number>({ entries: ENTRIES })),
  ];
  for (const pool of pair) pool.resize(1);
  const [here, there] = await Promise.all(pair.map((pool) => pool.submit(input)));
  expect(here).toMatchObject({ state: 'done' });
  expect(there).toMatchObject({ state: 'done', value: here?.state === 'done' ? here.value : null });
});
