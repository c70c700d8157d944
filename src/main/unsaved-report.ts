import type { EngineEvent } from '../contract';
import type { Engine } from '../engine';

/** The last reports, while they exist in memory alone because they could not be saved. */
export interface UnsavedReport {
  /** Why they could not be saved; null where nothing would be lost by closing. */
  reason(): string | null;
  /** A report was kept elsewhere as JSON, whole: this one would not be lost any more. */
  exported(json: string): void;
  stop(): void;
}

/** The engine keeps the last report of either in memory, whatever the other does. */
type Measured = { kind: 'run' | 'experiment'; id: string };

/** Whose state an event tells, and whether it has ended. */
function measuredIn(event: EngineEvent): (Measured & { ended: boolean }) | null {
  switch (event.type) {
    case 'run-changed':
    case 'run-ended':
      return { kind: 'run', id: event.run.id, ended: event.type === 'run-ended' };
    case 'experiment-changed':
    case 'experiment-ended':
      return { kind: 'experiment', id: event.experiment.id, ended: event.type === 'experiment-ended' };
    default:
      return null;
  }
}

/** Listens to what the engine warns of; `warn` is told too, for when no window is there to show it. */
export function watchUnsavedReport(engine: Pick<Engine, 'on'>, warn: (message: string) => void): UnsavedReport {
  const unsaved = new Map<Measured['kind'], { id: string; reason: string }>();
  let newest: Measured | null = null;
  const stop = engine.on((event) => {
    const measured = measuredIn(event);
    if (measured !== null) {
      newest = measured;
      // The report of the next one takes its place, once there is one.
      if (measured.ended && unsaved.get(measured.kind)?.id !== measured.id) unsaved.delete(measured.kind);
    }
    if (event.type !== 'warning') return;
    const {
      warning: { code, message },
      unsaved: id,
    } = event;
    if (newest !== null && id !== undefined) unsaved.set(newest.kind, { id, reason: message });
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
