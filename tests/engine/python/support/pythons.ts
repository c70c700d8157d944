import { resolve } from 'node:path';
import type { StartMethod } from '../../../../src/contract';
import type { Executor, TaskOutcome } from '../../../../src/engine/executor';
import { createPool } from '../../../../src/engine/pool';
import { SuspensionWatch } from '../../../../src/engine/system/suspended';
import {
  createPythonExecutor,
  findInterpreters,
  type PythonExecutorName,
  type PythonExecutorOptions,
  type PythonInterpreter,
} from '../../../../src/engine/python';
import { candidates, thisMachine } from '../../../../src/engine/python/interpreters/candidates';
import { probe } from '../../../../src/engine/python/interpreters/probe';
import { ROOT } from '../../../support/paths';

export const HOST_FOLDER = resolve(ROOT, 'resources/python');
/** Tasks that do what the test says. */
const TEST_TASKS = resolve(ROOT, 'tests/fixtures/python/tasks.py');
/** One more interpreter to test with, beside those that are found. */
const EXTRA = process.env.CORELOOM_TEST_PYTHON;

/** What the test tasks of tests/fixtures/python/tasks.py are asked to do. */
export interface TestTask {
  kind: string;
  [more: string]: unknown;
}
export type TestExecutor = Executor<TestTask, unknown>;

export interface Variant {
  name: PythonExecutorName;
  startMethod?: StartMethod;
  interpreter: PythonInterpreter;
}

/** The first interpreter that works here; says why there is none. */
export async function anyInterpreter(): Promise<PythonInterpreter | null> {
  const reasons: string[] = [];
  for (const candidate of candidates(thisMachine(), EXTRA)) {
    const probed = await probe(candidate, { hostFolder: HOST_FOLDER });
    if (probed.ok) return probed.interpreter;
    reasons.push(probed.reason);
  }
  console.log(`Tests of Python are skipped: no CPython of version 3.8 or newer was found here. ${reasons.join(' ')}`);
  return null;
}

/** Every interpreter of this machine. */
export async function allInterpreters(): Promise<PythonInterpreter[]> {
  const found = await findInterpreters({
    hostFolder: HOST_FOLDER,
    ...(EXTRA === undefined ? {} : { explicit: EXTRA }),
  });
  if (found.interpreters.length === 0)
    console.log('Tests of Python are skipped: no CPython of version 3.8 or newer was found here.');
  return found.interpreters;
}

/** Every kind of executor that an interpreter can be, with the platform's own start method or with every one. */
export function variantsOf(
  interpreter: PythonInterpreter,
  startMethods = interpreter.startMethods.slice(0, 1),
): Variant[] {
  return [
    { name: 'python-threads', interpreter },
    ...startMethods.map((startMethod): Variant => ({ name: 'python-processes', startMethod, interpreter })),
    ...(interpreter.interpreters ? [{ name: 'python-interpreters', interpreter } as const] : []),
  ];
}

export function titleOf({ name, startMethod }: Variant): string {
  return startMethod === undefined ? name : `${name} (${startMethod})`;
}

export function create<A = TestTask, R = unknown>(
  { name, startMethod, interpreter }: Variant,
  tasks: string | null = TEST_TASKS,
  more: Pick<PythonExecutorOptions, 'oneClock' | 'deadlineMs'> = {},
): Executor<A, R> {
  return createPythonExecutor<A, R>({
    name,
    interpreter,
    hostFolder: HOST_FOLDER,
    createPool,
    watch: new SuspensionWatch(),
    ...more,
    ...(startMethod === undefined ? {} : { startMethod }),
    ...(tasks === null ? {} : { tasks }),
  });
}

export function messageOf(outcome: TaskOutcome<TestTask, unknown>): string {
  if (outcome.state !== 'failed') throw new Error(`The task is ${outcome.state} and not failed.`);
  return outcome.error.message;
}
