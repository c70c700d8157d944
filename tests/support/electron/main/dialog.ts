import { strict } from './strict';

export const dialog = strict('dialog', {
  showMessageBox: (): Promise<never> => Promise.reject(new Error('No test answers message boxes.')),
  showSaveDialog: (): Promise<never> => Promise.reject(new Error('No test answers save dialogs.')),
  showOpenDialog: (): Promise<never> => Promise.reject(new Error('No test answers open dialogs.')),
  showErrorBox: (title: string, content: string): void => {
    process.stderr.write(`[error box] ${title}: ${content}\n`);
  },
});
