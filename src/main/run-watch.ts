import type { Engine } from '../engine';

/** Whether a run is on, known without asking. */
export interface RunWatch {
  isActive(): boolean;
  stop(): void;
}

export function watchRun(engine: Pick<Engine, 'on'>): RunWatch {
  let active = false;
  const stop = engine.on((event) => {
    if (event.type === 'run-changed') active = event.run.phase !== 'ended';
    if (event.type === 'run-ended') active = false;
  });
  return { isActive: () => active, stop };
}
