import type { ExecutorKey, TaskTable, Thinned } from '../../../contract';
import type { TaskOutcome } from '../../executor';
import type { TaskInput } from '../../workload/workload';

/** Rows kept in a report's task table at most. */
const MAX_TASK_ROWS = 10_000;
const MAX_ERRORS = 100;
const STATES: TaskTable['states'] = ['done', 'failed', 'cancelled'];

interface Row {
  executor: number;
  outcome: TaskOutcome<TaskInput, number>;
  input: number;
}

/** Keeps every task until the table is full, then every 2nd, every 4th …: an even picture in bounded memory. */
export interface TaskRecorder {
  add(executor: ExecutorKey, outcome: TaskOutcome<TaskInput, number>, input: number): void;
  table(startedMs: number): TaskTable;
  thinned(): Thinned;
  /** What the first failed task said. */
  firstError(): string | null;
}

const microseconds = (ms: number): number => Math.round(ms * 1e3) / 1e3;

export function createTaskRecorder(executors: readonly ExecutorKey[], maxRows = MAX_TASK_ROWS): TaskRecorder {
  let rows: Row[] = [];
  let stride = 1;
  let seen = 0;
  const errors: TaskTable['errors'] = [];

  return {
    add(executor, outcome, input) {
      const number = seen++;
      if (outcome.state === 'failed' && errors.length < MAX_ERRORS)
        errors.push({ id: outcome.id, message: outcome.error.message });
      if (number % stride !== 0) return;
      rows.push({ executor: executors.indexOf(executor), outcome, input });
      if (rows.length < maxRows) return;
      rows = rows.filter((_, i) => i % 2 === 0);
      stride *= 2;
    },
    table(startedMs) {
      const since = (ms: number): number => microseconds(ms - startedMs);
      return {
        executors: [...executors],
        states: STATES,
        id: rows.map((row) => row.outcome.id),
        executor: rows.map((row) => row.executor),
        worker: rows.map((row) => row.outcome.worker),
        state: rows.map((row) => STATES.indexOf(row.outcome.state)),
        attempts: rows.map((row) => row.outcome.attempts),
        input: rows.map((row) => row.input),
        queuedMs: rows.map((row) => since(row.outcome.queuedMs)),
        // A task that never started has its end in place of its start: its length is 0.
        startedMs: rows.map((row) => since(row.outcome.startedMs ?? row.outcome.finishedMs)),
        finishedMs: rows.map((row) => since(row.outcome.finishedMs)),
        checksum: rows.map((row) => (row.outcome.state === 'done' ? row.outcome.value : null)),
        errors,
      };
    },
    firstError: () => errors[0]?.message ?? null,
    thinned: () => ({
      seen,
      kept: rows.length,
      method: stride === 1 ? 'all kept' : `one task in ${stride}, in order of settling`,
    }),
  };
}
