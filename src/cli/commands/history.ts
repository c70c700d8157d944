import {
  asJson,
  LISTED,
  MAX_LISTED,
  OUTCOME_TITLES,
  EXPERIMENT_KINDS,
  REPORT_SORTS,
  SIDE_BY_SIDE,
  SORT_ORDERS,
  spelledOut,
  duration,
  number,
  type CommandArgument,
  type CommandName,
  type ReportList,
  type SavedReport,
} from '../../contract';
import type { History } from '../../engine/reports';
import { EXIT, type Command, type Line } from '../command';
import { diffText } from '../diff-text';
import { reportsDoor, type ReportsDoor } from '../doors';
import { UsageError } from '../parse';
import { openHistory, readReportFile, savedId } from '../saved-report';
import { suggest } from '../suggest';
import type { Terminal } from '../terminal';
import { parseWhole } from '../values';

const USUAL_LIMIT = 20;

export const historyCommand: Command = {
  name: 'history',
  summary: 'list saved reports; rename, note, delete, restore, import or compare them',
  words: { shown: '[action]', most: 1 + SIDE_BY_SIDE.max },
  options: {
    search: {
      value: 'TEXT',
      summary: 'only reports that have all of these words in title, note, workload, finding, day or id',
    },
    kind: { value: 'KIND', summary: `only reports of this kind: ${EXPERIMENT_KINDS.join(', ')}` },
    sort: { value: 'BY', summary: `${REPORT_SORTS.join(', ')} (default: started)` },
    order: { value: 'ORDER', summary: SORT_ORDERS.join(' or ') },
    limit: {
      value: 'N',
      summary: `how many to list (default: ${String(USUAL_LIMIT)}, at most ${String(MAX_LISTED)})`,
    },
    json: { summary: 'print them as JSON' },
  },
  notes: [
    'Actions, with an id as listed or latest:\n  rename ID TITLE     give a report a title; "" removes it\n  note ID NOTE        set its note\n  delete ID           move it to the trash (the last 100, for 30 days, 1 GB at most)\n  restore ID          move it back from the trash\n  import FILE         check a JSON report and save it\n  diff ID ID [ID ID]  compare two to four reports, each with the first',
  ],
  examples: [
    'coreloom history --search "primes battery" --limit 5',
    'coreloom history rename latest "before the change"',
    'coreloom history diff 20261122-190537-sha256-c0ffee latest',
  ],
  async run(line, { terminal }) {
    const history = await openHistory(terminal);
    const [action, ...words] = line.words;
    if (action === undefined) return list(history, line, terminal);
    for (const option of ['search', 'kind', 'sort', 'order', 'limit'])
      if (line.has(option))
        throw new UsageError(`--${option} applies only to the list: remove it, or remove the action "${action}".`);
    const act = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
    if (act === undefined) {
      const near = suggest(action, Object.keys(ACTIONS));
      throw new UsageError(
        `coreloom history has no action "${action}". ${near === null ? 'See coreloom history --help.' : `Did you mean "${near}"?`}`,
      );
    }
    await act({ history, words, terminal, json: line.has('json') });
    return EXIT.done;
  },
};

interface Act {
  history: History;
  words: readonly string[];
  terminal: Terminal;
  json: boolean;
}

const called = ({ id, title }: SavedReport): string => (title === null ? id : `${id} (${title})`);

const ACTIONS: Record<string, (act: Act) => Promise<void>> = {
  async rename(act) {
    const [typed, title] = exactly(act, 'rename', ['id', 'title']);
    const argument = await checked('renameReport', { id: await savedId(act.history, typed), title });
    act.terminal.out(`Named ${called(await act.history.renameReport(argument))}\n`);
  },
  async note(act) {
    const [typed, note] = exactly(act, 'note', ['id', 'note']);
    const argument = await checked('noteReport', { id: await savedId(act.history, typed), note });
    act.terminal.out(`Noted on ${called(await act.history.noteReport(argument))}\n`);
  },
  async delete(act) {
    const id = await savedId(act.history, exactly(act, 'delete', ['id'])[0]);
    await act.history.deleteReport({ id });
    act.terminal.out(`Deleted ${id}; coreloom history restore ${id} moves it back.\n`);
  },
  async restore(act) {
    const [id] = exactly(act, 'restore', ['id']);
    act.terminal.out(`Restored ${called(await act.history.restoreReport({ id }))}\n`);
  },
  async import(act) {
    const [path] = exactly(act, 'import', ['file']);
    const { state, report } = await act.history.importReport({ text: await readReportFile(path) });
    if (state === 'known') {
      act.terminal.out(`${called(report)} is already saved.\n`);
      return;
    }
    const { warnings } = await act.history.readReport({ id: report.id });
    act.terminal.out(`Imported ${called(report)}\n${warnings.map((warning) => `Warning: ${warning}\n`).join('')}`);
  },
  async diff({ history, words, terminal, json }) {
    if (words.length < SIDE_BY_SIDE.min)
      throw new UsageError('Give two to four report ids: coreloom history diff <id> <id>.');
    const ids: string[] = [];
    for (const typed of words) ids.push(await savedId(history, typed));
    const comparison = await history.compareReports(await checked('compareReports', { ids }));
    terminal.out(json ? `${asJson(comparison, 2)}\n` : diffText(comparison, await reportsDoor()));
  },
};

/** The words of an action, none missing and none too many. */
function exactly<Names extends readonly string[]>(
  { words }: Act,
  action: string,
  names: readonly [...Names],
): { [K in keyof Names]: string } {
  if (words.length !== names.length)
    throw new UsageError(
      `coreloom history ${action} needs ${names.length === 1 ? 'one argument' : `${String(names.length)} arguments (quote an argument that contains spaces)`}: coreloom history ${action} ${names.map((name) => `<${name}>`).join(' ')}.`,
    );
  return words as unknown as { [K in keyof Names]: string };
}

/** The command's own check of what was typed. */
async function checked<N extends CommandName>(name: N, argument: CommandArgument<N>): Promise<CommandArgument<N>> {
  return (await reportsDoor()).checkArgument(name, argument);
}

async function list(history: History, line: Line, terminal: Terminal): Promise<number> {
  const limit = line.text('limit');
  const found = await history.listReports({
    search: line.text('search'),
    kind: oneOf(line, 'kind', EXPERIMENT_KINDS),
    sort: oneOf(line, 'sort', REPORT_SORTS),
    order: oneOf(line, 'order', SORT_ORDERS),
    limit:
      limit === undefined
        ? line.has('json')
          ? LISTED
          : USUAL_LIMIT
        : parseWhole('limit', limit, { min: 1, max: MAX_LISTED }),
  });
  terminal.out(line.has('json') ? `${asJson(found, 2)}\n` : listText(found, await reportsDoor()));
  return EXIT.done;
}

function oneOf<T extends string>(line: Line, option: string, known: readonly T[]): T | undefined {
  const typed = line.text(option);
  const name = known.find((one) => one === typed);
  if (name !== undefined || typed === undefined) return name;
  const near = suggest(typed, known);
  throw new UsageError(
    `--${option} must be one of ${known.join(', ')}, not "${typed}".${near === null ? '' : ` Did you mean ${near}?`}`,
  );
}

function listText({ reports, found, saved, broken }: ReportList, { textTable, workerWords }: ReportsDoor): string {
  const shown =
    reports.length < found
      ? `${number(reports.length)} of ${number(found)} shown; use --limit to show more.`
      : `${number(found)} of ${number(saved)} saved.`;
  const bad = broken.map(({ file, message }) => `Not readable: ${spelledOut(file)}. ${message}\n`).join('');
  if (reports.length === 0)
    return `${saved === 0 ? 'There are no saved reports yet.' : 'No saved report matches.'}\n${bad}`;
  return `${textTable([['id', 'kind', 'workers', 'took', 'outcome', 'title'], ...reports.map((report) => row(report, workerWords(report.workers)))], ['left', 'left', 'left', 'right', 'left', 'left'])}\n${shown}\n${bad}`;
}

function row({ id, kind, elapsedMs, outcome, title }: SavedReport, who: readonly string[]): string[] {
  return [
    id,
    kind,
    who.slice(0, 3).join(', ') + (who.length > 3 ? ', …' : ''),
    duration(elapsedMs),
    OUTCOME_TITLES[outcome],
    title ?? '',
  ];
}
