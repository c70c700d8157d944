import { resolve } from 'node:path';
import {
  type Bounds,
  executorFacts,
  EXECUTORS,
  isPython,
  LIMITS,
  MODULE_WORKLOAD,
  START_METHODS,
  type ByExecutor,
  type LiveSettings,
} from '../../contract';
import type { Command, Line } from '../command';
import { UsageError } from '../parse';
import { parseDuration, parsePositive, parseTaskMs, parseWhole } from '../values';

/** Settings as typed; `workers` is null where the engine's defaults are wanted. Throws `UsageError`. */
export type TypedSettings = Omit<LiveSettings, 'workers'> & { workers: ByExecutor<number> | null };

export function readSettings(line: Line): TypedSettings {
  exclusive(line, 'duration', 'tasks');
  exclusive(line, 'size', 'task-ms');
  return {
    ...readSubject(line),
    workers: readWorkers(line),
    durationMs: given(line, 'duration', parseDuration),
    tasks: given(line, 'tasks', wholeWithin(LIMITS.tasks)),
    size: given(line, 'size', parsePositive),
    workloadSettings: readWorkloadSettings(line),
    taskMs: given(line, 'task-ms', parseTaskMs),
    seed: given(line, 'seed', wholeWithin(LIMITS.seed)),
    python: readStartMethod(line),
  };
}

/** A workload's name, or a file: whatever has a separator in it, or ends as a module does. */
export function readSubject(line: Line): Pick<LiveSettings, 'workload' | 'module' | 'deadlineMs'> {
  const typed = line.argument ?? '';
  const deadlineMs = given(line, 'deadline', parseDuration);
  if (/[\\/]/.test(typed) || /\.([mc]?[jt]s|py)$/i.test(typed))
    return { workload: MODULE_WORKLOAD, module: resolve(typed), deadlineMs };
  if (deadlineMs !== undefined)
    throw new UsageError('--deadline applies only to a module: remove it, or give the path of your module.');
  return { workload: typed };
}

/** Every `--set NAME=N`. Throws `UsageError`. */
export function readWorkloadSettings(line: Line): Record<string, number> | undefined {
  const typed = line.all('set');
  if (typed.length === 0) return undefined;
  return Object.fromEntries(
    typed.map((text) => {
      const [, name = '', digits = ''] = /^([A-Za-z]\w*)=(\d+(?:\.\d+)?|\.\d+)$/.exec(text) ?? [];
      if (name === '') throw new UsageError(`--set needs NAME=NUMBER, such as delayMs=20, not "${text}".`);
      return [name, Number(digits)];
    }),
  );
}

/** Executors whose workers are counted on the command line: `--threads 4`. */
const COUNTED = EXECUTORS.filter((name) => !executorFacts(name).single);

/** Their options. */
export const WORKER_OPTIONS: Command['options'] = Object.fromEntries(
  COUNTED.map((name) => [name, { value: 'N', summary: executorFacts(name).help }]),
);

/** The counts that were given; Node's executors that were not named have none. */
function readWorkers(line: Line): ByExecutor<number> | null {
  const typed = COUNTED.flatMap((name) => {
    const count = given(line, name, wholeWithin(LIMITS.workers));
    return count === undefined ? [] : [[name, count] as const];
  });
  if (typed.length === 0) return null;
  const node = COUNTED.filter((name) => !isPython(name)).map((name) => [name, 0] as const);
  if (typed.every(([, count]) => count === 0))
    throw new UsageError(
      `At least one worker is needed: set ${node.map(([name]) => `--${name}`).join(' or ')} to 1 or more.`,
    );
  return Object.fromEntries([...node, ...typed]);
}

/** How Python starts its processes, where given. */
export function readStartMethod(line: Line): LiveSettings['python'] {
  const text = line.text('python-start');
  if (text === undefined) return undefined;
  const startMethod = START_METHODS.find((method) => method === text);
  if (startMethod === undefined)
    throw new UsageError(`--python-start must be one of ${START_METHODS.join(', ')}, not "${text}".`);
  return { startMethod };
}

export const wholeWithin =
  (bounds: Bounds) =>
  (option: string, text: string): number =>
    parseWhole(option, text, bounds);

export function given<T>(line: Line, option: string, parse: (option: string, text: string) => T): T | undefined {
  const text = line.text(option);
  return text === undefined ? undefined : parse(option, text);
}

export function exclusive(line: Line, one: string, other: string): void {
  if (line.has(one) && line.has(other)) throw new UsageError(`Give either --${one} or --${other}, not both.`);
}
