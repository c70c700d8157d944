import { errorInfo, type EngineClient, type ExperimentSettings, type ExperimentState } from '../../contract';
import type { Context } from '../command';
import { experimentLine } from '../experiment-line';
import { createLiveLine } from '../live-line';
import { tellWarning } from '../warnings';

/** Starts an experiment, shows it while it is on, ends it when the user asks; answers its last state. */
export async function watchExperiment(
  client: EngineClient,
  { terminal, interrupt }: Context,
  settings: ExperimentSettings,
): Promise<ExperimentState> {
  const live = createLiveLine(terminal);
  let unsubscribe = (): void => {};
  const ended = new Promise<ExperimentState>((resolve) => {
    unsubscribe = client.on((event) => {
      if (event.type === 'experiment-changed') live.show(experimentLine(event.experiment, terminal.columns));
      if (event.type === 'experiment-ended') resolve(event.experiment);
      if (event.type === 'warning')
        tellWarning(event.warning, interrupt, (sentence) => {
          live.above(() => {
            terminal.err(sentence);
          });
        });
    });
  });
  try {
    await client.call('startExperiment', settings);
    void interrupt.wanted.then(() => {
      // It may have ended by itself in this very moment.
      client.call('stopExperiment', null).catch((error: unknown) => {
        const { code, message } = errorInfo(error);
        if (code !== 'no-run') terminal.err(`coreloom: ${message}\n`);
      });
    });
    return await ended;
  } finally {
    unsubscribe();
    live.end();
  }
}
