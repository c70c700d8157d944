import type {
  EngineClient,
  EngineState,
  ExperimentKind,
  ExperimentState,
  LiveState,
  StateOf,
} from '../../src/contract';

/** Resolves with the first state of an experiment of that kind that fits. */
export function experimentState<K extends ExperimentKind>(
  client: EngineClient,
  kind: K,
  type: 'experiment-changed' | 'experiment-ended',
  fits: (state: StateOf<K>) => boolean = () => true,
): Promise<StateOf<K>> {
  return new Promise((resolve) => {
    const off = client.on((event) => {
      if (event.type !== type || event.experiment.kind !== kind) return;
      const state = event.experiment as StateOf<K>;
      if (!fits(state)) return;
      off();
      resolve(state);
    });
  });
}

/** The state of an experiment that is known to be a live run. */
export function asLiveState(state: ExperimentState | undefined): LiveState {
  if (state?.kind !== 'live') throw new Error('A live run was expected.');
  return state;
}

/** Resolves with the first state of a live run that fits. */
export const liveChanged = (client: EngineClient, fits?: (run: LiveState) => boolean): Promise<LiveState> =>
  experimentState(client, 'live', 'experiment-changed', fits);

/** Resolves with the last state of the next live run that ends. */
export const liveEnded = (client: EngineClient): Promise<LiveState> =>
  experimentState(client, 'live', 'experiment-ended');

/** The last live run that an engine knows of. */
export function liveIn({ experiments }: Pick<EngineState, 'experiments'>): LiveState | null {
  return experiments.find((state) => state.kind === 'live') ?? null;
}
