import { CoreloomError, type CompareReport, type CompareSettings, type CompareState, type EngineEvent, type MachineInfo, type Report } from '../contract';
import type { EngineOptions } from './engine-options';
import { startComparison } from './experiment/compare/compare-run';
import type { Comparison } from './experiment/compare/options';
import type { ChosenPython } from './python-executors';
import { reportId } from './run-source';
import { resolveCompareSettings } from './settings';
import { findWorkload } from './workload/registry';

/** The comparisons of an engine: one at a time. */
export interface Comparisons {
  /** Starts one once `ready`. Errors: `bad-input`, `unknown-workload`, `not-available`. */
  start(settings: CompareSettings, ready: Promise<void>): Promise<CompareState>;
  /** Resolves when the report is saved. Errors: `no-run`. */
  stop(): Promise<CompareState>;
  /** The active one, or the last one that ended; null before the first. */
  state(): CompareState | null;
  busy(): boolean;
  lastReport(): CompareReport | null;
  /** Ends the active one, its report kept. Idempotent. */
  close(): Promise<void>;
}

export interface ComparisonsOptions {
  engine: EngineOptions;
  machine: Promise<MachineInfo>;
  emit(event: EngineEvent): void;
  save(report: Report): Promise<void>;
}

export function createComparisons({ engine, machine, emit, save }: ComparisonsOptions): Comparisons {
  let starting: Promise<CompareState> | null = null;
  let closed = false;
  let active: Comparison | null = null;
  let ending: Promise<void> = Promise.resolve();
  let last: { state: CompareState; report: CompareReport } | null = null;

  const ended = async (comparison: Comparison, report: CompareReport): Promise<void> => {
    last = { state: comparison.state(), report };
    await save(report);
    active = null;
    emit({ type: 'comparison-changed', comparison: last.state });
    emit({ type: 'comparison-ended', comparison: last.state });
    emit({ type: 'reports-changed' });
  };

  /** The Python of a comparison that names one, or the one that is found where nobody is named. */
  const pythonOf = async ({ executors, python: choice = {} }: CompareSettings): Promise<ChosenPython | null> => {
    const { python } = engine;
    if (python === undefined) return null;
    if (executors === undefined) await python.look();
    // Unasked, none is named that only another Python than the default may have.
    const wanted = executors?.filter((name) => name.startsWith('python-')) ?? python.availability().available.filter((name) => name !== 'python-interpreters');
    if (wanted.length > 0) return python.choose(choice, wanted);
    await python.settled();
    return null;
  };

  const begin = async (settings: CompareSettings, ready: Promise<void>): Promise<CompareState> => {
    const workload = findWorkload(settings.workload);
    const python = await pythonOf(settings);
    const known = await machine;
    await ready;
    if (closed) throw new CoreloomError('pool-closed', 'Coreloom is closing and compares nothing any more.');
    const executors = [...(engine.baselines ?? []), ...engine.executors, ...(python?.executors ?? [])];
    const choice = { workload, available: executors.map(({ name }) => name), limits: known.limits };
    const resolved = { ...resolveCompareSettings(settings, choice), ...(python === null ? {} : { python: python.used }) };
    const comparison = startComparison({
      id: reportId(workload.info.name),
      workload,
      settings: resolved,
      // Python's threads, with one of them, are the baseline of their language.
      executors: executors.filter(({ name }) => resolved.executors.includes(name) || (name === 'python-threads' && resolved.executors.some((other) => other.startsWith('python')))),
      sampler: engine.sampler,
      machine: known,
      createdBy: { host: engine.host, coreloom: engine.versions.coreloom },
      emit,
      entries: engine.entries,
    });
    active = comparison;
    ending = comparison.ended.then((report) => ended(comparison, report));
    return comparison.state();
  };

  return {
    async start(settings, ready) {
      starting = begin(settings, ready);
      try {
        return await starting;
      } finally {
        starting = null;
      }
    },
    async stop() {
      await starting?.catch(() => {});
      const comparison = active;
      if (!comparison) throw new CoreloomError('no-run', 'There is no comparison to stop.');
      comparison.stop();
      await ending;
      return last?.state ?? comparison.state();
    },
    state: () => active?.state() ?? last?.state ?? null,
    busy: () => active !== null || starting !== null,
    lastReport: () => last?.report ?? null,
    async close() {
      closed = true;
      await starting?.catch(() => {});
      active?.stop();
      await ending;
    },
  };
}
