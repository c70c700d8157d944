import { capital, CoreloomError, type CommandArgument, type CommandName, type ReportSummary } from '../../contract';
import { ARGUMENTS } from '../commands/arguments';
import { dataFolder } from '../store';
import { createHistory, type History } from './history';
import { createStore } from './saved-reports';

/** The saved reports of this user, without an engine; `recovered` are those of experiments that were killed. */
export async function openHistory(): Promise<{ history: History; recovered: ReportSummary[] }> {
  const store = createStore({ home: dataFolder() });
  return { recovered: await store.recover(), history: createHistory({ store }) };
}

/** The argument of a command, as it was typed. Throws `bad-input` with what is wrong with it. */
export function checkArgument<N extends CommandName>(name: N, argument: CommandArgument<N>): CommandArgument<N> {
  const result = ARGUMENTS[name].safeParse(argument);
  if (result.success) return argument;
  throw new CoreloomError('bad-input', `${capital(result.error.issues[0]?.message ?? 'The arguments are not valid')}.`);
}
