import { MAX_WORKERS, type ByExecutor, type LiveSettings } from '../../contract';
import { UsageError, type Line } from '../parse';
import { parseDuration, parsePositive, parseWhole } from '../values';

const LARGEST = Number.MAX_SAFE_INTEGER;
const LARGEST_SEED = 2 ** 32 - 1;

/** Settings as typed; `workers` is null where the engine's defaults are wanted. Throws `UsageError`. */
export type TypedSettings = Omit<LiveSettings, 'workers'> & { workers: ByExecutor<number> | null };

export function readSettings(line: Line): TypedSettings {
  exclusive(line, 'duration', 'tasks');
  exclusive(line, 'size', 'task-ms');
  return {
    workload: line.argument ?? '',
    workers: readWorkers(line),
    durationMs: given(line, 'duration', parseDuration),
    tasks: given(line, 'tasks', wholeFrom(1, LARGEST)),
    size: given(line, 'size', parsePositive),
    workloadSettings: readWorkloadSettings(line),
    taskMs: given(line, 'task-ms', parsePositive),
    seed: given(line, 'seed', wholeFrom(0, LARGEST_SEED)),
  };
}

function readWorkloadSettings(line: Line): Record<string, number> | undefined {
  const typed = line.all('set');
  if (typed.length === 0) return undefined;
  return Object.fromEntries(
    typed.map((text) => {
      const [, name = '', digits = ''] = /^([A-Za-z]\w*)=(\d+(?:\.\d+)?|\.\d+)$/.exec(text) ?? [];
      if (name === '') throw new UsageError(`--set must be a setting’s name and its number, such as delayMs=20, not "${text}".`);
      return [name, Number(digits)];
    }),
  );
}

function readWorkers(line: Line): ByExecutor<number> | null {
  const threads = given(line, 'threads', wholeFrom(0, MAX_WORKERS));
  const processes = given(line, 'processes', wholeFrom(0, MAX_WORKERS));
  if (threads === undefined && processes === undefined) return null;
  const workers = { threads: threads ?? 0, processes: processes ?? 0 };
  if (workers.threads + workers.processes === 0) {
    throw new UsageError('Someone must do the work: give --threads or --processes at least 1.');
  }
  return workers;
}

const wholeFrom =
  (min: number, max: number) =>
  (option: string, text: string): number =>
    parseWhole(option, text, { min, max });

function given(line: Line, option: string, parse: (option: string, text: string) => number): number | undefined {
  const text = line.text(option);
  return text === undefined ? undefined : parse(option, text);
}

function exclusive(line: Line, one: string, other: string): void {
  if (line.has(one) && line.has(other)) throw new UsageError(`Give either --${one} or --${other}, not both.`);
}
