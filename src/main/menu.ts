import type { MenuItemConstructorOptions } from 'electron';
import { formatFacts, REPORT_FORMATS, type ReportFormat } from '../contract';

/** The only addresses that Coreloom ever opens outside itself. */
export const HELP_LINKS = [
  { label: 'Threads in Node.js', url: 'https://nodejs.org/api/worker_threads.html' },
  { label: 'Processes in Node.js', url: 'https://nodejs.org/api/child_process.html' },
  { label: 'Threads in Python', url: 'https://docs.python.org/3/library/threading.html' },
  { label: 'Processes in Python', url: 'https://docs.python.org/3/library/multiprocessing.html' },
] as const;

type HelpUrl = (typeof HELP_LINKS)[number]['url'];

export interface MenuOptions {
  platform: NodeJS.Platform;
  appName: string;
  /** Developer tools are offered by an unpackaged app only. */
  isPackaged: boolean;
  /** Asks for a file of the user's own. */
  openModule(): void;
  exportReport(format: ReportFormat): void;
  openHelp(url: HelpUrl): void;
}

const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

/** The application menu with the usual entries of each platform. */
export function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const isMac = options.platform === 'darwin';
  return [
    ...(isMac ? [appMenu(options)] : []),
    fileMenu(options, isMac),
    { role: 'editMenu' },
    viewMenu(options),
    windowMenu(isMac),
    helpMenu(options, isMac),
  ];
}

function appMenu({ appName }: MenuOptions): MenuItemConstructorOptions {
  return {
    label: appName,
    submenu: [
      { role: 'about' },
      SEPARATOR,
      { role: 'services' },
      SEPARATOR,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      SEPARATOR,
      { role: 'quit' },
    ],
  };
}

function fileMenu({ exportReport, openModule }: MenuOptions, isMac: boolean): MenuItemConstructorOptions {
  const formats = REPORT_FORMATS.map((format, at): MenuItemConstructorOptions => ({
    label: `${formatFacts(format).title} (${formatFacts(format).what})…`,
    ...(at === 0 ? { accelerator: 'CmdOrCtrl+E' } : {}),
    click: () => {
      exportReport(format);
    },
  }));
  const open: MenuItemConstructorOptions = {
    label: 'Open module…',
    accelerator: 'CmdOrCtrl+O',
    click: () => {
      openModule();
    },
  };
  return {
    label: '&File',
    submenu: [
      open,
      SEPARATOR,
      { label: 'Export report', submenu: formats },
      SEPARATOR,
      { role: isMac ? 'close' : 'quit' },
    ],
  };
}

function viewMenu({ isPackaged }: MenuOptions): MenuItemConstructorOptions {
  const tools: MenuItemConstructorOptions[] = isPackaged ? [] : [SEPARATOR, { role: 'toggleDevTools' }];
  return {
    label: '&View',
    submenu: [
      { role: 'reload' },
      SEPARATOR,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      SEPARATOR,
      { role: 'togglefullscreen' },
      ...tools,
    ],
  };
}

function windowMenu(isMac: boolean): MenuItemConstructorOptions {
  const platform: MenuItemConstructorOptions[] = isMac
    ? [{ role: 'zoom' }, SEPARATOR, { role: 'front' }]
    : [{ role: 'close' }];
  return { label: '&Window', role: 'window', submenu: [{ role: 'minimize' }, ...platform] };
}

function helpMenu({ openHelp }: MenuOptions, isMac: boolean): MenuItemConstructorOptions {
  const links = HELP_LINKS.map(({ label, url }): MenuItemConstructorOptions => ({
    label,
    click: () => {
      openHelp(url);
    },
  }));
  return {
    label: '&Help',
    role: 'help',
    submenu: [...links, ...(isMac ? [] : [SEPARATOR, { role: 'about' as const }])],
  };
}

/** Opens a page of the constant list in the system's browser; anything else is refused. */
export async function openHelpPage(url: string, openExternal: (url: string) => Promise<void>): Promise<void> {
  if (HELP_LINKS.some((link) => link.url === url)) await openExternal(url);
}
