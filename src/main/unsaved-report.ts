import type { ExperimentKind } from '../contract';
import type { Engine } from '../engine';

/** The last reports, while they exist in memory alone because they could not be saved. */
export interface UnsavedReport {
  /** Why they could not be saved; null where nothing would be lost by closing. */
  reason(): string | null;
  /** A report was kept elsewhere as JSON, whole: this one would not be lost any more. */
  exported(json: string): void;
  stop(): void;
}

/** Listens to what the engine warns of; `warn` is told too, for when no window is there to show it. */
export function watchUnsavedReport(engine: Pick<Engine, 'on'>, warn: (message: string) => void): UnsavedReport {
  // The engine keeps the last report of each kind in memory.
  const unsaved = new Map<ExperimentKind, { id: string; reason: string }>();
  let newest: ExperimentKind | null = null;
  const stop = engine.on((event) => {
    if (event.type === 'experiment-changed') newest = event.experiment.kind;
    // The report of the next one takes its place, once there is one.
    if (event.type === 'experiment-ended' && unsaved.get(event.experiment.kind)?.id !== event.experiment.id)
      unsaved.delete(event.experiment.kind);
    if (event.type !== 'warning') return;
    const {
      warning: { code, message },
      unsaved: id,
    } = event;
    if (newest !== null && id !== undefined) unsaved.set(newest, { id, reason: message });
    if (code === 'disk-full' || code === 'not-writable') warn(message);
  });
  return {
    reason: () => [...unsaved.values()][0]?.reason ?? null,
    exported(json) {
      for (const [kind, { id }] of unsaved) if (json.includes(JSON.stringify(id))) unsaved.delete(kind);
    },
    stop,
  };
}
