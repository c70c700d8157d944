import { errorInfo, type EngineEvent, type Report, type ReportSummary } from '../contract';
import type { EngineOptions } from './engine-options';
import { createJournal, type Journal } from './journal';

/** How an engine keeps what is measured, whatever becomes of it or of the disk. */
export interface Keeping {
  /** Reports of experiments whose process was killed, saved as this engine began. */
  readonly recovered: Promise<ReportSummary[]>;
  /** Before something is measured: warns if its report cannot be saved. */
  ready(): Promise<void>;
  /** Opens the journal of one experiment. */
  journal(): Journal;
  /** Saves a report, or warns that it is in memory alone. Never rejects. */
  save(report: Report): Promise<void>;
}

/** What can be done where there is a window. */
const EXPORT_IT = 'The report is only in memory: export it before you close Coreloom.';

/** Recovers at once what killed processes left. */
export function createKeeping(
  { store, unsavedAdvice }: Pick<EngineOptions, 'store' | 'unsavedAdvice'>,
  emit: (event: EngineEvent) => void,
): Keeping {
  /** `unsaved`: the report that this is about; none before it is measured. */
  const warn = async (error: unknown, unsaved?: string): Promise<void> => {
    const { code, message } = errorInfo(error);
    emit({
      type: 'warning',
      warning: { code, message: `${message} ${(await unsavedAdvice?.()) ?? EXPORT_IT}` },
      unsaved,
    });
  };
  const recovered = store.recover();
  let refused = false;
  void recovered.then((reports) => {
    if (reports.length === 0) return;
    emit({ type: 'reports-recovered', reports });
    emit({ type: 'reports-changed' });
  });
  return {
    recovered,
    async ready() {
      await recovered;
      refused = await store.check().then(
        () => false,
        (error: unknown) => warn(error).then(() => true),
      );
    },
    journal: () =>
      createJournal({
        store,
        warn(warning) {
          // Who was told that the report cannot be saved need not hear that it cannot be kept meanwhile.
          if (!refused) emit({ type: 'warning', warning });
        },
      }),
    save: (report) =>
      store.save(report).then(
        () => undefined,
        (error: unknown) => warn(error, report.id),
      ),
  };
}
