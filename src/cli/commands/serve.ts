import { resolve } from 'node:path';
import { errorInfo } from '../../contract';
import type { Engine, ModuleHost } from '../../engine';
import type { WebHost } from '../../web-host';
import { openAppWindow, type AppWindow } from '../app-window';
import { EXIT, type Command, type Context, type Line } from '../command';
import { webHostDoor } from '../doors';
import { parseWhole } from '../values';
import { tellWarning } from '../warnings';

export const serveCommand: Command = {
  name: 'serve',
  summary: 'serve the interface to a browser on this machine',
  options: {
    port: { value: 'N', summary: 'port on 127.0.0.1 (default: any free one)' },
    'allow-modules': { value: 'FOLDER', summary: 'let the page run the modules in this folder (default: none)' },
    open: { summary: 'open it in an installed Chrome, Chromium or Edge' },
  },
  notes: [
    'With --allow-modules, anyone who has the printed address can run the listed modules, and no others.\nHidden files, node_modules, links that lead out of the folder, and files that other users can write to are not listed.',
    'Only this machine can connect, and only with the printed address, which contains a secret key. To use it from\nanother machine, forward the port there: ssh -L PORT:127.0.0.1:PORT this-machine.',
    'Ctrl-C stops the server with exit code 0. It also stops a measurement in progress and saves its report.',
  ],
  async run(line, context) {
    const port = readPort(line);
    const engine = await context.openEngine('browser', { modules: await readModules(line) });
    const unsubscribe = engine.on((event) => {
      if (event.type === 'warning') tellWarning(event.warning, context.interrupt, context.terminal.err);
    });
    try {
      await serve({ engine, port, open: line.has('open') }, context);
      return EXIT.done;
    } finally {
      unsubscribe();
      await engine.close();
    }
  },
};

async function readModules(line: Line): Promise<ModuleHost | undefined> {
  const typed = line.text('allow-modules');
  return typed === undefined ? undefined : (await webHostDoor()).allowFolder(resolve(typed));
}

function readPort(line: Line): number {
  const typed = line.text('port');
  return typed === undefined ? 0 : parseWhole('port', typed, { min: 0, max: 65_535 });
}

const KEY_REUSED =
  'coreloom: The one-time key of the opened window was used twice, so another user of this machine may have read it. All pages that used this key are disconnected.\n' +
  'Open the printed address to continue, stop any run that you did not start, and check the saved reports.\n';

/** What keeps a window from opening keeps nobody from opening the address. */
async function openWindow(host: WebHost, { terminal, interrupt }: Context): Promise<AppWindow | null> {
  const tell = (error: unknown): null => {
    if (!interrupt.requested) terminal.err(`coreloom: No window was opened. ${errorInfo(error).message}\n`);
    return null;
  };
  const window = await openAppWindow({ origin: host.origin, url: host.urlForOnce() }).catch(tell);
  if (window?.state === 'not-found')
    terminal.err('No Chrome, Chromium or Edge was found to open it in: open the address in a browser.\n');
  if (window?.state === 'open') void window.shown.catch(tell);
  return window;
}

/** Serves until it is asked to end. */
async function serve(
  { engine, port, open }: { engine: Engine; port: number; open: boolean },
  context: Context,
): Promise<void> {
  const { terminal, interrupt, rendererFolder } = context;
  const { startWebHost } = await webHostDoor();
  const host = await startWebHost({
    engine,
    port,
    folder: rendererFolder,
    onKeyReused: () => terminal.err(KEY_REUSED),
  });
  let window: AppWindow | null = null;
  try {
    terminal.out(`Coreloom is at ${host.url}\nPress Ctrl-C to stop.\n`);
    if (open) window = await openWindow(host, context);
    await interrupt.wanted;
    if (engine.busy()) terminal.err('Stopping the measurement in progress and saving its report.\n');
  } finally {
    await host.close();
    if (window?.state === 'open') await window.close();
  }
}
