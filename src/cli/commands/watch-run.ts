import {
  errorInfo,
  type EngineClient,
  type EngineEvent,
  type LiveSettings,
  type RunState,
  type Sample,
} from '../../contract';
import type { Context } from '../command';
import { createLiveLine, type LiveLine } from '../live-line';
import { progressLine } from '../progress';
import { TaskLines } from '../task-lines';
import type { Interrupt } from '../interrupt';
import type { Terminal } from '../terminal';
import { tellWarning } from '../warnings';

export interface WatchOptions {
  settings: LiveSettings;
  /** Printed lines go to standard error, where standard output is for the report alone. */
  linesToError: boolean;
}

/** Starts a run, shows it while it is on, ends it when the user asks; answers its last state. */
export async function watchRun(
  client: EngineClient,
  { terminal, interrupt }: Context,
  { settings, linesToError }: WatchOptions,
): Promise<RunState> {
  const live = createLiveLine(terminal);
  const lines = new TaskLines(terminal, linesToError ? 'err' : 'out');
  let unsubscribe = (): void => {};
  const ended = new Promise<RunState>((resolve) => {
    unsubscribe = client.on(viewer({ live, terminal, interrupt, lines, ended: resolve }));
  });
  try {
    await client.call('startRun', settings);
    const stop = (): void => {
      // It may have ended by itself in this very moment.
      client.call('stopRun', { interrupted: true }).catch((error: unknown) => {
        const { code, message } = errorInfo(error);
        if (code !== 'no-run') terminal.err(`coreloom: ${message}\n`);
      });
    };
    void interrupt.wanted.then(stop);
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
  ended(run: RunState): void;
}

function viewer({ live, terminal, interrupt, lines, ended }: Viewer): (event: EngineEvent) => void {
  let sample: Sample | null = null;
  return (event) => {
    switch (event.type) {
      case 'sample':
        sample = event.sample;
        return;
      case 'run-changed':
        if (event.run.phase !== 'ended') live.show(progressLine(event.run, sample, terminal.columns));
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
      case 'run-ended':
        ended(event.run);
        return;
      case 'pool-changed':
      case 'blocks':
      case 'reports-changed':
        return;
    }
  };
}
