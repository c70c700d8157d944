import { resolve } from 'node:path';
import { errorInfo } from '../../contract';
import type { Engine, ModuleHost } from '../../engine';
import { allowFolder, startWebHost } from '../../web-host';
import { openAppWindow, type AppWindow } from '../app-window';
import { EXIT, type Command, type Context } from '../command';
import type { Line } from '../parse';
import { parseWhole } from '../values';
import { tellWarning } from '../warnings';

export const serveCommand: Command = {
  name: 'serve',
  summary: 'serve the interface to a browser on this machine',
  options: {
    port: { value: 'N', summary: 'port on 127.0.0.1; any free one where not given' },
    'allow-modules': { value: 'DIR', summary: 'let the page run the modules in this folder; without it, it runs none' },
    open: { summary: 'open it in an installed Chrome, Chromium or Edge' },
  },
  notes: [
    'With --allow-modules, whoever has the printed address can run each file in that folder, and no other: links that\nlead out of it are refused.',
    'Only this machine can connect, and only with the printed address: the token in it is the key. To use it from\nanother machine, forward the port there: ssh -L PORT:127.0.0.1:PORT this-machine.',
    'Ctrl-C ends it, with exit code 0. A run that is on is ended too, and its report kept.',
  ],
  async run(line, context) {
    const port = readPort(line);
    const engine = context.openEngine('browser', { modules: await readModules(line) });
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
  return typed === undefined ? undefined : allowFolder(resolve(typed));
}

function readPort(line: Line): number {
  const typed = line.text('port');
  return typed === undefined ? 0 : parseWhole('port', typed, { min: 0, max: 65_535 });
}

/** What keeps a window from opening keeps nobody from opening the address. */
async function openWindow(url: string, terminal: Context['terminal']): Promise<AppWindow | null> {
  return openAppWindow(url).catch((error: unknown) => {
    terminal.err(`coreloom: No window was opened. ${errorInfo(error).message}\n`);
    return null;
  });
}

/** Serves until it is asked to end. */
async function serve({ engine, port, open }: { engine: Engine; port: number; open: boolean }, { terminal, interrupt, rendererFolder }: Context): Promise<void> {
  const host = await startWebHost({ engine, port, folder: rendererFolder });
  let window: AppWindow | null = null;
  try {
    terminal.out(`Coreloom is at ${host.url}\nCtrl-C ends it.\n`);
    if (open) window = await openWindow(host.urlForOnce(), terminal);
    if (window?.state === 'not-found') terminal.err('No Chrome, Chromium or Edge was found to open it in: open the address in a browser.\n');
    await interrupt.wanted;
    if (engine.busy()) terminal.err('Ending the run that is on; its report is kept.\n');
  } finally {
    await host.close();
    if (window?.state === 'open') await window.close();
  }
}
