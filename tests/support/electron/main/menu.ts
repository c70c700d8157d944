import { standInApp } from './app';
import { BrowserWindow } from './browser-window';
import { onlyKnown } from './strict';

interface Template {
  label?: string;
  role?: string;
  type?: string;
  accelerator?: string;
  enabled?: boolean;
  submenu?: Template[];
  click?: () => void;
}

const KNOWN = ['label', 'role', 'type', 'accelerator', 'enabled', 'submenu', 'click', 'id'];

/** Roles that act on the application; the others act inside a page and are shown only. */
const ACTIONS: Readonly<Record<string, () => void>> = {
  quit: () => {
    standInApp.quit();
  },
  close: () => BrowserWindow.getFocusedWindow()?.close(),
  minimize: () => BrowserWindow.getFocusedWindow()?.minimize(),
  reload: () => BrowserWindow.getFocusedWindow()?.webContents.reload(),
};

class MenuItem {
  readonly label: string;
  readonly role: string | undefined;
  readonly type: string;
  readonly enabled: boolean;
  readonly submenu: Menu | undefined;
  readonly click: () => void;

  constructor(template: Template) {
    onlyKnown('these menu entries', template, KNOWN);
    const { label, role, type, enabled = true, submenu, click } = template;
    this.label = label ?? role ?? '';
    this.role = role;
    this.enabled = enabled;
    this.type = type ?? (submenu === undefined ? 'normal' : 'submenu');
    this.submenu = submenu === undefined ? undefined : new Menu(submenu.map((item) => new MenuItem(item)));
    this.click =
      click ??
      (() => {
        const action = ACTIONS[role ?? ''];
        if (action === undefined) throw new Error(`The stand-in for Electron cannot click "${this.label}".`);
        action();
      });
  }
}

export class Menu {
  static #application: Menu | null = null;
  readonly items: MenuItem[];

  constructor(items: MenuItem[] = []) {
    this.items = items;
  }
  static buildFromTemplate(template: Template[]): Menu {
    return new Menu(template.map((item) => new MenuItem(item)));
  }
  static setApplicationMenu(menu: Menu | null): void {
    this.#application = menu;
  }
  static getApplicationMenu(): Menu | null {
    return this.#application;
  }
}
