import {
  CoreloomError,
  type CommandArgument,
  type CommandResult,
  type ImportResult,
  type Report,
  type ReportQuery,
  type SavedReport,
} from '../../contract';
import { compareReports } from './compare-reports';
import { parseUntrustedReport, reportJson, reportReading, summarize } from './any-kind';
import { selectReports, type ReportStore } from '../store';

type HistoryCommand =
  | 'listReports'
  | 'getReport'
  | 'readReport'
  | 'renameReport'
  | 'noteReport'
  | 'deleteReport'
  | 'restoreReport'
  | 'importReport'
  | 'compareReports';

/** The commands about saved reports. */
export type History = { [N in HistoryCommand]: (argument: CommandArgument<N>) => Promise<CommandResult<N>> };

export interface HistoryOptions {
  store: ReportStore;
  /** A report that is in memory still, also where it could not be saved. */
  kept?(id: string): Report | null;
  /** Tells that the saved reports are other than they were. */
  changed?(): void;
}

/** What can be done with saved reports, in any host. Errors: those of each command. */
export function createHistory({ store, kept = () => null, changed = () => {} }: HistoryOptions): History {
  const getReport = async ({ id }: { id: string }): Promise<Report> => kept(id) ?? store.load(id);

  const saved = async (report: Report): Promise<SavedReport> => ({
    ...summarize(report),
    ...(await store.label(report.id)),
  });

  const relabel = async (id: string, change: Parameters<ReportStore['relabel']>[1]): Promise<SavedReport> => {
    await store.relabel(id, change);
    changed();
    return saved(await store.load(id));
  };

  const importReport = async ({ text }: { text: string }): Promise<ImportResult> => {
    const report = parseUntrustedReport(text);
    if (await store.add(report)) {
      changed();
      return { state: 'imported', report: await saved(report) };
    }
    const there = await store.load(report.id);
    if (reportJson(there) === reportJson(report)) return { state: 'known', report: await saved(there) };
    throw new CoreloomError(
      'bad-input',
      `Another report has the id "${report.id}": delete it before you import this one.`,
    );
  };

  return {
    getReport,
    importReport,
    async readReport({ id }) {
      const report = await getReport({ id });
      return { saved: await saved(report), ...reportReading(report) };
    },
    listReports: async (query: ReportQuery | null) => selectReports(await store.list(), query ?? {}),
    renameReport: ({ id, title }) => relabel(id, { title }),
    noteReport: ({ id, note }) => relabel(id, { note }),
    async deleteReport({ id }) {
      await store.remove(id);
      changed();
      return null;
    },
    async restoreReport({ id }) {
      await store.restore(id);
      changed();
      return saved(await store.load(id));
    },
    async compareReports({ ids }) {
      const reports: { report: Report; saved: SavedReport }[] = [];
      // One after the other: each may be large.
      for (const id of ids) {
        const report = await getReport({ id });
        reports.push({ report, saved: await saved(report) });
      }
      return compareReports(reports);
    },
  };
}
