import type { Dialog } from 'electron';

/** A dialog that the app opened, with the options it was opened with. */
export type DialogRecord =
  | { type: 'message'; options: Electron.MessageBoxOptions }
  | { type: 'save'; options: Electron.SaveDialogOptions }
  | { type: 'open'; options: Electron.OpenDialogOptions };

/** How a test answers one: the number of a button, or a path to save to or to open (null cancels). */
export type DialogAnswer = { type: 'message'; button: number } | { type: 'save' | 'open'; path: string | null };

/** What stands in the main process while a test runs there. */
interface Desk {
  opened: DialogRecord[];
  answers: DialogAnswer[];
  waiting: { type: DialogAnswer['type']; answer: (answer: DialogAnswer) => void }[];
  external: string[];
}

type DeskHolder = typeof globalThis & { coreloomDesk?: Desk };
type Modules = { dialog: Dialog; shell: Electron.Shell };

/**
 * Runs in the main process of either host: dialogs no longer open, they wait for a test's answer, and pages that
 * would open outside are written down.
 */
export function takeDialogs({ dialog, shell }: Modules): void {
  const desk: Desk = { opened: [], answers: [], waiting: [], external: [] };
  (globalThis as DeskHolder).coreloomDesk = desk;

  const answered = (type: DialogAnswer['type']): Promise<DialogAnswer> => {
    const at = desk.answers.findIndex((answer) => answer.type === type);
    const [ready] = at < 0 ? [] : desk.answers.splice(at, 1);
    return ready === undefined
      ? new Promise((resolve) => desk.waiting.push({ type, answer: resolve }))
      : Promise.resolve(ready);
  };

  dialog.showMessageBox = async (...args: unknown[]) => {
    desk.opened.push({ type: 'message', options: args.at(-1) as Electron.MessageBoxOptions });
    const answer = await answered('message');
    return { response: answer.type === 'message' ? answer.button : 0, checkboxChecked: false };
  };
  dialog.showSaveDialog = async (...args: unknown[]) => {
    desk.opened.push({ type: 'save', options: args.at(-1) as Electron.SaveDialogOptions });
    const answer = await answered('save');
    const path = answer.type === 'save' ? answer.path : null;
    return { canceled: path === null, filePath: path ?? '' };
  };
  dialog.showOpenDialog = async (...args: unknown[]) => {
    desk.opened.push({ type: 'open', options: args.at(-1) as Electron.OpenDialogOptions });
    const answer = await answered('open');
    const path = answer.type === 'open' ? answer.path : null;
    return { canceled: path === null, filePaths: path === null ? [] : [path] };
  };
  shell.openExternal = (url) => {
    desk.external.push(url);
    return Promise.resolve();
  };
}

/** Runs in the main process: answers the dialog that waits, or the next one that opens. */
export function giveAnswer(_modules: unknown, answer: DialogAnswer): void {
  const desk = (globalThis as DeskHolder).coreloomDesk;
  if (desk === undefined) throw new Error('Dialogs were not taken.');
  const at = desk.waiting.findIndex((waiting) => waiting.type === answer.type);
  const [waiting] = at < 0 ? [] : desk.waiting.splice(at, 1);
  if (waiting === undefined) desk.answers.push(answer);
  else waiting.answer(answer);
}

export function openedDialogs(): DialogRecord[] {
  return (globalThis as DeskHolder).coreloomDesk?.opened ?? [];
}

export function openedOutside(): string[] {
  return (globalThis as DeskHolder).coreloomDesk?.external ?? [];
}

/** Runs in the main process: clicks the menu entry whose labels lead there. */
export function clickMenuEntry({ Menu }: { Menu: typeof Electron.Menu }, path: string[]): void {
  const plain = (label: string): string => label.replace('&', '').replace(/…$/, '').toLowerCase();
  let menu = Menu.getApplicationMenu();
  let found: Electron.MenuItem | undefined;
  for (const label of path) {
    found = menu?.items.find(
      (item) => plain(item.label) === plain(label) || item.role?.toLowerCase() === label.toLowerCase(),
    );
    if (found === undefined)
      throw new Error(`The menu has no "${label}": ${menu?.items.map((item) => item.label).join(', ') ?? 'no menu'}`);
    menu = found.submenu ?? null;
  }
  found?.click();
}
