import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { afterAll, expect, it } from 'vitest';
import { prepareFolder } from '../../../src/engine/workload/run-folder';
import { run } from '../../../src/engine/workload/tasks';
import type { TaskInput } from '../../../src/engine/workload/workload';

const context = { executor: 'sequential', worker: 1, print: () => undefined } as const;
const prepared = prepareFolder();
/** Of a task that runs in this process itself. */
const FOLDER = join(prepared.values.folder, `${process.pid}-${threadId}`);
const task = (more: Partial<TaskInput> = {}): TaskInput => ({
  workload: 'sql',
  size: 40,
  seed: 7,
  prepared: prepared.values,
  ...more,
});

afterAll(prepared.stop);

it('keeps its rows in a real SQLite file, which is the same size after many tasks', async () => {
  const first = await run(task(), context);
  const path = join(FOLDER, 'rows.db');
  expect(readFileSync(path, 'latin1').slice(0, 15)).toBe('SQLite format 3');
  const bytes = statSync(path).size;
  for (let i = 0; i < 5; i += 1) expect(await run(task(), context)).toBe(first);
  expect(statSync(path).size).toBe(bytes);
  expect(readdirSync(FOLDER)).toEqual(['rows.db']);
});

it.each([1, 7, 40, 1_000])('answers the same with %d rows in a transaction', async (rowsPerTransaction) => {
  expect(await run(task({ settings: { rowsPerTransaction } }), context)).toBe(await run(task(), context));
});

it('begins with a new file after a task that failed', async () => {
  const first = await run(task(), context);
  rmSync(FOLDER, { recursive: true });
  // Whether this one fails depends on what the system does with a file that was removed while open.
  await Promise.resolve(run(task(), context)).catch(() => undefined);
  expect(await run(task(), context)).toBe(first);
});

it('begins with a new file in the next run, in that one’s folder', async () => {
  const [first, next] = [await run(task(), context), prepareFolder()];
  expect(await run(task({ prepared: next.values }), context)).toBe(first);
  expect(readdirSync(next.values.folder)).toEqual([`${process.pid}-${threadId}`]);
  await next.stop();
  expect(await run(task(), context)).toBe(first);
});
