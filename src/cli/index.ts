import { join } from 'node:path';
import { version } from '../../package.json';
import { COMMANDS } from './commands';
import { EXIT } from './command';
import { unsavedAdvice } from './commands/conclude';
import { engineDoor, reportsDoor } from './doors';
import { endNow, endOnHangUp } from './end-now';
import { createInterrupt } from './interrupt';
import { runCommandLine } from './command-line';
import { printPage } from './print-page';
import { tellRecovered } from './saved-report';
import { createTerminal } from './terminal';

/** The folder of the built files: all of them, this one too, lie flat in it. */
const folder = import.meta.dirname;

const terminal = createTerminal(process);
const interrupt = createInterrupt({
  signals: process,
  endNow: () => {
    terminal.giveBack();
    endNow();
  },
  nowMs: () => performance.now(),
});
terminal.onReaderGone(() => {
  interrupt.request();
});

const versions = { coreloom: version, node: process.versions.node, electron: null };
const code = await runCommandLine(process.argv.slice(2), {
  commands: COMMANDS,
  version,
  context: {
    terminal,
    interrupt,
    rendererFolder: join(folder, '..', 'renderer'),
    templatesFolder: join(folder, '..', '..', 'resources', 'templates'),
    openEngine: async (host, { python, modules } = {}) => {
      const { openEngine } = await engineDoor();
      const engine = await openEngine({
        ...(modules ? { modules } : {}),
        ...(host === 'terminal' ? { unsavedAdvice } : {}),
        folder,
        versions,
        host,
        python,
        // A browser saves it by itself; the command writes its files without asking the engine.
        saveReport: async (rendered) => (await reportsDoor()).contentOf(rendered),
        printPdf: printPage,
      });
      engine.on((event) => {
        if (event.type === 'reports-recovered') tellRecovered(event.reports, terminal);
      });
      return engine;
    },
  },
});
const problem = await terminal.flush();
if (problem !== null) terminal.err(`coreloom: ${problem}\n`);
endOnHangUp(interrupt.signal);
process.exit(problem !== null && code === EXIT.done ? EXIT.failed : code);
