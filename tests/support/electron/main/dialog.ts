import { standInApp } from './app';
import { strict } from './strict';

/** Throws before the app is ready, as Electron's do, and rejects afterwards: a test answers in its own way. */
const unanswered =
  (what: string) =>
  (..._args: unknown[]): Promise<never> => {
    if (!standInApp.isReady()) throw new Error('dialog module can only be used after app is ready');
    return Promise.reject(new Error(`No test answers ${what}.`));
  };

/** Before the app is ready, Electron on Linux writes the box to the terminal, in colours. */
const inTerminal = (title: string, content: string): string =>
  `\u001b[1m\u001b[47m\u001b[31m${title}\n\u001b[30m${content}\n\u001b[0m`;

export const dialog = strict('dialog', {
  showMessageBox: unanswered('message boxes'),
  showSaveDialog: unanswered('save dialogs'),
  showOpenDialog: unanswered('open dialogs'),
  showErrorBox: (title: string, content: string): void => {
    const shown = standInApp.isReady() || process.platform !== 'linux';
    process.stderr.write(shown ? `[error box] ${title}: ${content}\n` : inTerminal(title, content));
  },
});
