import { dirname } from 'node:path';
import type { MessageBoxOptions, OpenDialogOptions, OpenDialogReturnValue } from 'electron';
import { MODULE_ENDINGS } from '../contract';
import type { ModuleHost } from '../engine';
import { trustModule } from './questions';

export interface ModuleHostOptions {
  /** A message box; answers the number of the button. */
  ask(options: MessageBoxOptions): Promise<number>;
  openFile(options: OpenDialogOptions): Promise<OpenDialogReturnValue>;
  /** Where the first dialog opens. */
  folder: string;
}

/**
 * Which of the user's files the desktop runs: those the user was asked about and trusts, each once until Coreloom ends.
 * What is asked about is the real path, so a link that leads elsewhere by now is asked about again. Only a yes is kept.
 */
export function createModuleHost({ ask, openFile, folder }: ModuleHostOptions): Required<ModuleHost> {
  const answers = new Map<string, Promise<boolean>>();
  let lastQuestion: Promise<unknown> = Promise.resolve();
  let lastFolder = folder;
  let choosing: Promise<string | null> | null = null;

  /** One question at a time: boxes that lie on each other are answered unread. */
  const question = (path: string): Promise<boolean> => {
    const answer = lastQuestion.then(() => ask(trustModule(path))).then((button) => button === 0);
    lastQuestion = answer.catch(() => undefined);
    return answer;
  };

  const choose = async (): Promise<string | null> => {
    const { canceled, filePaths } = await openFile({
      title: 'Open module',
      defaultPath: lastFolder,
      filters: [
        {
          name: 'Modules (JavaScript, TypeScript, Python)',
          extensions: MODULE_ENDINGS.map((ending) => ending.slice(1)),
        },
      ],
      properties: ['openFile'],
    });
    const [path] = filePaths;
    if (canceled || path === undefined) return null;
    lastFolder = dirname(path);
    return path;
  };

  return {
    authorizeModule(path) {
      const known = answers.get(path);
      if (known !== undefined) return known;
      const answer = question(path);
      const forget = (): void => void answers.delete(path);
      answers.set(path, answer);
      answer.then((trusted) => {
        if (!trusted) forget();
      }, forget);
      return answer;
    },
    offer: () => ({ by: 'dialog', modules: [] }),
    chooseModule() {
      choosing ??= choose().finally(() => {
        choosing = null;
      });
      return choosing;
    },
  };
}
