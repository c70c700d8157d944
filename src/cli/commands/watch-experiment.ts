import {
  errorInfo,
  type EngineClient,
  type EngineEvent,
  type ExperimentSettings,
  type ExperimentState,
} from '../../contract';
import type { Context } from '../command';
import type { Interrupt } from '../interrupt';
import { openScreen, type Shown } from '../screen/open-screen';
import type { Screen } from '../screen/screen';
import { TaskLines } from '../task-lines';
import type { Terminal } from '../terminal';
import { tellWarning } from '../warnings';

export interface WatchOptions {
  settings: ExperimentSettings;
  /** What tasks print goes to standard error, where standard output is for the report alone. */
  linesToError: boolean;
  shown: Shown;
}

/** Starts an experiment, shows it while it is on, ends it when the user asks; answers its last state. */
export async function watchExperiment(
  client: EngineClient,
  { terminal, interrupt }: Context,
  { settings, linesToError, shown }: WatchOptions,
): Promise<ExperimentState> {
  const screen = await openScreen(terminal, settings.kind, shown);
  const lines = new TaskLines(terminal, linesToError ? 'err' : 'out');
  let unsubscribe = (): void => {};
  const ended = new Promise<ExperimentState>((resolve) => {
    unsubscribe = client.on(viewer({ screen, terminal, interrupt, lines, ended: resolve }));
  });
  try {
    await client.call('startExperiment', settings);
    void interrupt.wanted.then(() => {
      // It may have ended by itself in this very moment.
      client.call('stopExperiment', { interrupted: true }).catch((error: unknown) => {
        const { code, message } = errorInfo(error);
        if (code !== 'no-run') terminal.err(`coreloom: ${message}\n`);
      });
    });
    return await ended;
  } finally {
    unsubscribe();
    screen.end();
    lines.tell();
  }
}

interface Viewer {
  interrupt: Interrupt;
  screen: Screen;
  terminal: Terminal;
  lines: TaskLines;
  ended(state: ExperimentState): void;
}

function viewer({ screen, terminal, interrupt, lines, ended }: Viewer): (event: EngineEvent) => void {
  return (event) => {
    switch (event.type) {
      case 'sample':
        screen.sample(event.sample);
        return;
      case 'experiment-changed':
        if (event.experiment.outcome === null) screen.show(event.experiment);
        return;
      case 'lines':
        screen.above(() => {
          lines.print(event.lines);
        });
        return;
      case 'warning':
        tellWarning(event.warning, interrupt, (sentence) => {
          screen.above(() => {
            terminal.err(sentence);
          });
        });
        return;
      case 'experiment-ended':
        ended(event.experiment);
        return;
    }
  };
}
