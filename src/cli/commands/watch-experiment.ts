import {
  errorInfo,
  type EngineClient,
  type EngineEvent,
  type ExperimentSettings,
  type ExperimentState,
  type Sample,
} from '../../contract';
import type { Context } from '../command';
import type { Interrupt } from '../interrupt';
import { createLiveLine, type LiveLine } from '../live-line';
import { progressLine } from '../progress';
import { TaskLines } from '../task-lines';
import type { Terminal } from '../terminal';
import { tellWarning } from '../warnings';

export interface WatchOptions {
  settings: ExperimentSettings;
  /** What tasks print goes to standard error, where standard output is for the report alone. */
  linesToError: boolean;
}

/** Starts an experiment, shows it while it is on, ends it when the user asks; answers its last state. */
export async function watchExperiment(
  client: EngineClient,
  { terminal, interrupt }: Context,
  { settings, linesToError }: WatchOptions,
): Promise<ExperimentState> {
  const live = createLiveLine(terminal);
  const lines = new TaskLines(terminal, linesToError ? 'err' : 'out');
  let unsubscribe = (): void => {};
  const ended = new Promise<ExperimentState>((resolve) => {
    unsubscribe = client.on(viewer({ live, terminal, interrupt, lines, ended: resolve }));
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
    live.end();
    lines.tell();
  }
}

interface Viewer {
  interrupt: Interrupt;
  live: LiveLine;
  terminal: Terminal;
  lines: TaskLines;
  ended(state: ExperimentState): void;
}

function viewer({ live, terminal, interrupt, lines, ended }: Viewer): (event: EngineEvent) => void {
  let sample: Sample | null = null;
  return (event) => {
    switch (event.type) {
      case 'sample':
        sample = event.sample;
        return;
      case 'experiment-changed':
        if (event.experiment.outcome === null) live.show(progressLine(event.experiment, sample, terminal.columns));
        return;
      case 'lines':
        live.above(() => {
          lines.print(event.lines);
        });
        return;
      case 'warning':
        tellWarning(event.warning, interrupt, (sentence) => {
          live.above(() => {
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
