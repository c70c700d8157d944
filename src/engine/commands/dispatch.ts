import type { z } from 'zod';
import {
  COMMAND_NAMES,
  CoreloomError,
  errorInfo,
  type CommandArgument,
  type CommandName,
  type CommandResult,
  type Reply,
} from '../../contract';
import { ARGUMENTS } from './arguments';

/** One handler for each command, called with an argument that has been validated. */
export type Handlers = {
  [N in CommandName]: (argument: CommandArgument<N>) => Promise<CommandResult<N>> | CommandResult<N>;
};

/** One sentence for the first thing that is wrong. */
function sentence(name: string, error: z.ZodError): string {
  const issue = error.issues[0];
  if (!issue) return `${name} was called with an invalid argument.`;
  const where = issue.path.length > 0 ? ` (at ${issue.path.join('.')})` : '';
  const said =
    issue.code === 'unrecognized_keys' ? `there is no setting named ${issue.keys.join(', ')}` : issue.message;
  // Said of the argument as a whole, zod's words are those of a programmer.
  if (issue.code === 'invalid_type' && issue.path.length === 0) return `${name} needs an object with its settings.`;
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
      throw new CoreloomError(
        'unknown-command',
        `There is no command ${JSON.stringify(name) ?? 'undefined'}; there are ${COMMAND_NAMES.join(', ')}.`,
      );
    }
    const parsed = ARGUMENTS[name].safeParse(argument);
    if (!parsed.success) throw new CoreloomError('bad-input', sentence(name, parsed.error));
    const handler = handlers[name] as (argument: unknown) => unknown;
    return { ok: true, value: await handler(parsed.data) };
  } catch (error) {
    return { ok: false, error: errorInfo(error) };
  }
}
