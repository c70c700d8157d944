import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import {
  binarySize,
  MAX_IMPORT_BYTES,
  SIDE_BY_SIDE,
  type EngineClient,
  type ReportComparison,
  type ExperimentKind,
  type ReportList,
  type ReportReading,
  type ReportSort,
  type SavedReport,
  type SortOrder,
} from '../../../contract';
import { latestWins } from './latest-wins';
import { useNotices } from './notices';

/** Reports on one page of the list. */
export const PAGE = 50;

/** What stands beside the list. */
export type Beside =
  | { show: 'nothing' }
  | { show: 'reading'; reading: ReportReading }
  | { show: 'comparison'; comparison: ReportComparison };

const isSort = (sort: ReportSort): boolean => sort === 'title' || sort === 'kind' || sort === 'outcome';

/** The saved reports: the page of the list that is shown, what is chosen of it, and what is open. */
export const useHistory = defineStore('history', () => {
  const notices = useNotices();
  const list = shallowRef<ReportList | null>(null);
  const search = ref('');
  const kind = ref<ExperimentKind | ''>('');
  const sort = ref<ReportSort>('started');
  const order = ref<SortOrder>('descending');
  const page = ref(0);
  /** In the order in which they were chosen: the first is what the others are set against. */
  const chosen = ref<string[]>([]);
  const beside = shallowRef<Beside>({ show: 'nothing' });
  const pages = computed(() => Math.max(1, Math.ceil((list.value?.found ?? 0) / PAGE)));
  const comparable = computed(() => chosen.value.length >= SIDE_BY_SIDE.min);
  let client: EngineClient | null = null;
  let seen = false;

  const reloads = latestWins<null>({
    async send() {
      if (!client) return;
      list.value = await client.call('listReports', {
        search: search.value,
        kind: kind.value || undefined,
        sort: sort.value,
        order: order.value,
        offset: page.value * PAGE,
        limit: PAGE,
      });
      // What was deleted elsewhere may have been the last page.
      if (page.value >= pages.value) turn(pages.value - 1);
    },
    merge: () => null,
    idle: () => {},
    failed: (error) => {
      notices.fail(error);
    },
  });

  async function attempt<T>(act: (engine: EngineClient) => Promise<T>): Promise<T | null> {
    try {
      return client ? await act(client) : null;
    } catch (error) {
      notices.fail(error);
      return null;
    }
  }

  function reload(): void {
    if (seen) reloads.push(null);
  }
  function turn(to: number): void {
    page.value = Math.min(Math.max(0, to), pages.value - 1);
    reload();
  }
  /** Another list from its beginning. */
  function ask(): void {
    page.value = 0;
    reload();
  }
  /** Sorts by this; the other way round where it is sorted by it already. */
  function sortBy(by: ReportSort): void {
    order.value =
      sort.value === by
        ? order.value === 'ascending'
          ? 'descending'
          : 'ascending'
        : isSort(by)
          ? 'ascending'
          : 'descending';
    sort.value = by;
    ask();
  }
  function choose(id: string, on: boolean): void {
    chosen.value = on
      ? [...chosen.value.filter((one) => one !== id), id].slice(-SIDE_BY_SIDE.max)
      : chosen.value.filter((one) => one !== id);
  }

  async function open(id: string): Promise<void> {
    const reading = await attempt((engine) => engine.call('readReport', { id }));
    if (reading) beside.value = { show: 'reading', reading };
  }
  async function compare(): Promise<void> {
    const comparison = await attempt((engine) => engine.call('compareReports', { ids: [...chosen.value] }));
    if (comparison) beside.value = { show: 'comparison', comparison };
  }
  function close(): void {
    beside.value = { show: 'nothing' };
  }

  /** What was written on a report is seen at once where that report is open. */
  function took(saved: SavedReport | null): void {
    if (saved && beside.value.show === 'reading' && beside.value.reading.saved.id === saved.id)
      beside.value = { show: 'reading', reading: { ...beside.value.reading, saved } };
    reload();
  }
  const rename = async (id: string, title: string): Promise<void> => {
    took(await attempt((engine) => engine.call('renameReport', { id, title })));
  };
  const note = async (id: string, text: string): Promise<void> => {
    took(await attempt((engine) => engine.call('noteReport', { id, note: text })));
  };

  async function remove(report: SavedReport): Promise<void> {
    const done = await attempt((engine) => engine.call('deleteReport', { id: report.id }).then(() => true));
    if (!done) return;
    choose(report.id, false);
    if (beside.value.show === 'reading' && beside.value.reading.saved.id === report.id) close();
    reload();
    notices.show('information', `Deleted ${report.title ?? report.subject}.`, {
      title: 'Undo',
      run: () => void restore(report.id),
    });
  }
  async function restore(id: string): Promise<void> {
    took(await attempt((engine) => engine.call('restoreReport', { id })));
  }

  /** Imports files as they come from a dialog or a drop. */
  async function importFiles(files: readonly File[]): Promise<void> {
    for (const file of files) {
      if (file.size > MAX_IMPORT_BYTES) {
        notices.show('error', `${file.name} is larger than ${binarySize(MAX_IMPORT_BYTES)}, the limit for a report.`);
        continue;
      }
      const text = await file.text();
      const result = await attempt((engine) => engine.call('importReport', { text }));
      if (!result) continue;
      notices.show(
        'information',
        result.state === 'known' ? `${file.name} is saved already.` : `Imported ${file.name}.`,
      );
      await open(result.report.id);
    }
    reload();
  }

  /** Takes up the engine, also after a lost connection. */
  function attach(to: EngineClient): void {
    client = to;
    reload();
  }
  /** The view is shown, or is not any more: nothing is asked for while nobody looks. */
  function watchList(looks: boolean): void {
    seen = looks;
    reload();
  }

  return {
    list,
    search,
    kind,
    sort,
    order,
    page,
    pages,
    chosen,
    comparable,
    beside,
    reload,
    turn,
    ask,
    sortBy,
    choose,
    open,
    compare,
    close,
    rename,
    note,
    remove,
    importFiles,
    attach,
    watchList,
  };
});
