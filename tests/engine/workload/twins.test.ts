import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { workloads } from '../../../src/engine/workload/registry';
import { run } from '../../../src/engine/workload/tasks';
import type { TaskInput } from '../../../src/engine/workload/workload';
import { ROOT } from '../../support/paths';
import { prepareWorkloads, type PreparedWorkloads } from './prepared';

const context = { executor: 'sequential', worker: 1, print: () => undefined } as const;

/** What the twins answer on the Python of this machine; null where there is none. */
function twins(tasks: readonly TaskInput[]): Promise<number[] | null> {
  return new Promise((answer, fail) => {
    const python = execFile(
      'python3',
      [resolve(import.meta.dirname, 'twins.py'), resolve(ROOT, 'resources/python')],
      (error, out) => {
        if (error?.code === 'ENOENT') answer(null);
        else if (error) fail(error);
        else answer(JSON.parse(out) as number[]);
      },
    );
    python.stdin?.on('error', () => undefined);
    python.stdin?.end(JSON.stringify(tasks));
  });
}

let prepared: PreparedWorkloads;
beforeAll(async () => {
  prepared = await prepareWorkloads();
});
afterAll(async () => {
  await prepared.stop();
});

it('every workload answers the same in Python', async ({ skip }) => {
  const tasks = workloads.flatMap(({ info }) =>
    [0, 1, 0xffff_ffff].map((seed) => prepared.taskOf(info.name, Math.max(info.size.min, 20), seed)),
  );
  const inPython = await twins(tasks);
  if (inPython === null) return skip('there is no python3 on this machine');
  const here = await Promise.all(tasks.map((task) => run(task, context)));
  expect(inPython.map((checksum, i) => [tasks[i]?.workload, checksum])).toEqual(
    here.map((checksum, i) => [tasks[i]?.workload, checksum]),
  );
});
