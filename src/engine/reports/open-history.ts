import { capital, CoreloomError, type ReportSummary } from '../../contract';
import { historySchemas } from '../commands/history-schemas';
import { dataFolder } from '../store';
import { createHistory, type History } from './history';
import { createStore } from './saved-reports';

/** The saved reports of this user, without an engine; `recovered` are those of experiments that were killed. */
export async function openHistory(): Promise<{ history: History; recovered: ReportSummary[] }> {
  const store = createStore({ home: dataFolder() });
  return { recovered: await store.recover(), history: createHistory({ store }) };
}

/** The argument of a command about saved reports, as it was typed. Throws `bad-input` with what is wrong with it. */
export function checkHistoryArgument<T>(name: keyof typeof historySchemas, argument: T): T {
  const result = historySchemas[name].safeParse(argument);
  if (result.success) return argument;
  throw new CoreloomError('bad-input', `${capital(result.error.issues[0]?.message ?? 'The arguments are not valid')}.`);
}
