import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { findWorkload } from '../../../src/engine/workload/registry';
import { run } from '../../../src/engine/workload/tasks';
import type { TaskInput } from '../../../src/engine/workload/workload';
import { removeTaskFolders } from './task-folders';

const context = { executor: 'sequential', worker: 1, print: () => undefined } as const;
/** Of a task that runs in this process itself. */
const FOLDER = join(tmpdir(), `coreloom-files-${process.ppid}`, `${process.pid}-0`);
const task = (more: Partial<TaskInput> = {}): TaskInput => ({ workload: 'sql', size: 40, seed: 7, ...more });

afterAll(removeTaskFolders);

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

it('leaves nothing where workers were killed: the engine tidies its folder', () => {
  expect(findWorkload('sql').tidy).toBe(findWorkload('files').tidy);
});
