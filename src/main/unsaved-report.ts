import type { EngineEvent } from '../contract';
import type { Engine } from '../engine';

/** The last report, while it exists in memory alone because it could not be saved. */
export interface UnsavedReport {
  /** Why it could not be saved; null where nothing would be lost by closing. */
  reason(): string | null;
  /** It has been exported: nothing would be lost any more. */
  exported(): void;
  stop(): void;
}

const isAboutSaving = (event: EngineEvent): event is Extract<EngineEvent, { type: 'warning' }> =>
  event.type === 'warning' && (event.warning.code === 'disk-full' || event.warning.code === 'not-writable');

/** Listens to what the engine warns of; `warn` is told too, for when no window is there to show it. */
export function watchUnsavedReport(engine: Pick<Engine, 'on'>, warn: (message: string) => void): UnsavedReport {
  let reason: string | null = null;
  const stop = engine.on((event) => {
    if (isAboutSaving(event)) {
      reason = event.warning.message;
      warn(reason);
    }
    // The next run takes its place.
    if (event.type === 'run-changed' && event.run.phase === 'starting') reason = null;
  });
  return {
    reason: () => reason,
    exported: () => {
      reason = null;
    },
    stop,
  };
}
