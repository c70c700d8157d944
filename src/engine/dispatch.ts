import { z } from 'zod';
import {
  COMMAND_NAMES,
  CoreloomError,
  errorInfo,
  EXECUTORS,
  MAX_WORKERS,
  MODULE_WORKLOAD,
  REPORT_FORMATS,
  START_METHODS,
  type CommandArgument,
  type CommandName,
  type CommandResult,
  type Reply,
} from '../contract';
import { TASK_MS } from './workload/calibrate';

/** One handler for each command, called with an argument that has been validated. */
export type Handlers = { [N in CommandName]: (argument: CommandArgument<N>) => Promise<CommandResult<N>> | CommandResult<N> };

/** A week: longer runs are surely a slip, and timers end at 24 days. */
export const MAX_DURATION_MS = 7 * 24 * 3_600_000;
const MAX_TASKS = 1e12;
/** A list of tasks is kept in memory with its stamps. */
const MAX_LIST = 1_000_000;
const MAX_ROUNDS = 10_000;

const wholeNumber = (name: string, min: number, max: number): z.ZodNumber => {
  const sentence = `${name} must be a whole number from ${min} to ${max}`;
  return z.number({ error: sentence }).int({ error: sentence }).min(min, { error: sentence }).max(max, { error: sentence });
};

const span = (name: string, min: number, max: number): z.ZodNumber => {
  const sentence = `${name} must be a number of milliseconds from ${min} to ${max}`;
  return z.number({ error: sentence }).min(min, { error: sentence }).max(max, { error: sentence });
};

const workers = z.strictObject(
  Object.fromEntries(EXECUTORS.map((name) => [name, wholeNumber(`the number of ${name}`, 0, MAX_WORKERS).optional()])),
  { error: `workers must be counts by executor (${EXECUTORS.join(', ')})` },
);

const text = (name: string): z.ZodString => z.string({ error: `${name} must be a text` }).max(200, { error: `${name} must be at most 200 characters long` });

const pythonChoice = z.strictObject({
  executable: z.string({ error: 'the executable must be a text' }).max(4096, { error: 'the executable must be at most 4096 characters long' }).optional(),
  startMethod: z.enum(START_METHODS, { error: `startMethod must be one of ${START_METHODS.join(', ')}` }).optional(),
});
const path = (name: string): z.ZodString => z.string({ error: `${name} must be a path` }).min(1, { error: `${name} must be a path` }).max(4096, { error: `${name} must be at most 4096 characters long` });
/** What every experiment can be told of its tasks. */
const taskSettings = {
  size: z.number({ error: 'size must be a number' }).optional(),
  workloadSettings: z.record(text('a setting'), z.number({ error: 'a setting must be a number' }), { error: 'workloadSettings must be numbers by name' }).optional(),
  taskMs: span('taskMs', TASK_MS.min, TASK_MS.max).optional(),
  seed: wholeNumber('seed', 0, 0xffff_ffff).optional(),
};
const ONE_OF_THEM = { error: 'size and taskMs exclude each other: give one of them' };

const liveSettings = z
  .strictObject({
    workload: text('workload'),
    workers,
    ...taskSettings,
    durationMs: span('durationMs', 1, MAX_DURATION_MS).optional(),
    tasks: wholeNumber('tasks', 1, MAX_TASKS).optional(),
    python: pythonChoice.optional(),
    module: path('module').optional(),
    deadlineMs: span('deadlineMs', 1, MAX_DURATION_MS).optional(),
  })
  .refine((settings) => settings.size === undefined || settings.taskMs === undefined, ONE_OF_THEM)
  .refine((settings) => (settings.module !== undefined) === (settings.workload === MODULE_WORKLOAD), { error: `a module is run with the workload ${MODULE_WORKLOAD}, and that with nothing else` })
  .refine((settings) => settings.deadlineMs === undefined || settings.module !== undefined, { error: 'deadlineMs is for the tasks of a module: leave it out' });

const compareSettings = z
  .strictObject({
    workload: text('workload'),
    executors: z.array(z.enum(EXECUTORS, { error: `an executor must be one of ${EXECUTORS.join(', ')}` })).max(EXECUTORS.length).optional(),
    workers: wholeNumber('workers', 1, MAX_WORKERS).optional(),
    ...taskSettings,
    tasks: wholeNumber('tasks', 1, MAX_LIST).optional(),
    rounds: wholeNumber('rounds', 1, MAX_ROUNDS).optional(),
    python: pythonChoice.optional(),
  })
  .refine((settings) => settings.size === undefined || settings.taskMs === undefined, ONE_OF_THEM);

const nothing = z.union([z.null(), z.undefined()]).transform(() => null);

const schemas = {
  getState: nothing,
  startRun: liveSettings,
  updateRun: z.strictObject({ workers }),
  stopRun: z.strictObject({ interrupted: z.boolean({ error: 'interrupted must be true or false' }) }).nullable(),
  startCompare: compareSettings,
  stopCompare: nothing,
  listReports: nothing,
  getReport: z.strictObject({ id: text('id') }),
  exportReport: z.strictObject({ id: text('id'), format: z.enum(REPORT_FORMATS, { error: `format must be one of ${REPORT_FORMATS.join(', ')}` }) }),
  listModules: nothing,
  chooseModule: nothing,
  inspectModule: z.strictObject({ module: path('module') }),
} satisfies Record<CommandName, z.ZodType>;

/** One sentence for the first thing that is wrong. */
function sentence(name: string, error: z.ZodError): string {
  const issue = error.issues[0];
  if (!issue) return `${name} got an argument that it cannot take.`;
  const where = issue.path.length > 0 ? ` (at ${issue.path.join('.')})` : '';
  const said = issue.code === 'unrecognized_keys' ? `there is no setting named ${issue.keys.join(', ')}` : issue.message;
  // Said of the argument as a whole, zod's words are those of a programmer.
  if (issue.code === 'invalid_type' && issue.path.length === 0) return `${name} wants an object of settings by name, which it was not given.`;
  return `${name}: ${said}${where}.`;
}

const isCommand = (name: unknown): name is CommandName => COMMAND_NAMES.some((known) => known === name);

/**
 * Validates a command that came over a boundary and calls its handler; answers what went wrong as a value.
 * Errors: `unknown-command`, `bad-input`, and whatever the handler throws.
 */
export async function dispatch(handlers: Handlers, name: unknown, argument: unknown): Promise<Reply<unknown>> {
  try {
    if (!isCommand(name)) {
      throw new CoreloomError('unknown-command', `There is no command ${JSON.stringify(name) ?? 'undefined'}; there are ${COMMAND_NAMES.join(', ')}.`);
    }
    const parsed = schemas[name].safeParse(argument);
    if (!parsed.success) throw new CoreloomError('bad-input', sentence(name, parsed.error));
    const handler = handlers[name] as (argument: unknown) => unknown;
    return { ok: true, value: await handler(parsed.data) };
  } catch (error) {
    return { ok: false, error: errorInfo(error) };
  }
}
