// `npm start`: the desktop app where Electron runs, else the same interface in a browser. Never ends in a stack trace.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './ensure-built.mjs';
import { interruptible } from './interrupt.mjs';
import { launchElectron } from './launch-electron.mjs';
import { tooOld } from './node-version.mjs';
import { hasDisplay, obtainElectron } from './obtain-electron.mjs';

const HELP = `Builds Coreloom if needed and opens it.

Usage: npm start [-- options]

Options:
  --web     serve the interface to a browser instead of opening the desktop app
  --port N  port on 127.0.0.1 for the browser (default: any free one)
  --wait S  seconds to wait for the app’s window before serving the interface to a browser (default: 30)
  --help    show this help

Set CORELOOM_NO_DOWNLOAD=1 to never download Electron.
`;

const root = resolve(import.meta.dirname ?? '.', '..');
const say = (line) => process.stderr.write(`${line}\n`);

async function main() {
  const options = readOptions();
  if (options.help) return void process.stdout.write(HELP);
  const limits = windowLimits(options);
  const refusal = tooOld();
  if (refusal !== null) throw new Error(refusal);
  await ensureBuilt({ root, say });
  const reason = options.web ? null : await interruptible((signal) => openDesktop(limits, signal));
  if (process.exitCode !== undefined) return;
  if (reason !== null) say(`${reason}, so the interface is served to a browser instead.`);
  await serve(options);
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        web: { type: 'boolean' },
        port: { type: 'string' },
        wait: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    process.exitCode = 2;
    throw new Error(`${error.message.split('. ')[0].replace(/\.$/, '')}; npm start -- --help lists the options.`);
  }
}

/** Runs the desktop app to its end, or answers why it cannot be, as the beginning of a sentence. */
async function openDesktop(limits, signal) {
  const electron = await obtainElectron({ root, signal, say });
  if (signal.aborted) return ended(130);
  if (electron.reason !== undefined) return electron.reason;
  const result = await launchElectron({ program: electron.program, root, signal, limits, say });
  if (signal.aborted || result.state === 'ended') return ended(signal.aborted ? 130 : result.code);
  for (const line of result.remedy) say(line);
  return `Electron did not start: ${result.reason}`;
}

/** Nothing is to be served any more. */
function ended(code) {
  process.exitCode = code;
  return null;
}

/** How long the window is waited for, and when that is said; undefined for the default. */
function windowLimits({ wait }) {
  if (wait === undefined) return undefined;
  const seconds = Number(wait);
  if (seconds > 0 && seconds <= 3600) return { noticeMs: (seconds * 1000) / 3, windowMs: seconds * 1000 };
  process.exitCode = 2;
  throw new Error(`--wait is "${wait}"; it must be a number of seconds up to 3600.`);
}

/** In this process: its signals, its end and its address are those of `coreloom serve`. */
async function serve({ port }) {
  const command = resolve(root, 'out/main/cli.js');
  const words = ['serve', ...(port === undefined ? [] : ['--port', port]), ...(hasDisplay() ? ['--open'] : [])];
  process.argv = [process.argv[0], command, ...words];
  await import(pathToFileURL(command).href);
}

main().catch((error) => {
  say(`coreloom: ${error.message}`);
  process.exitCode ||= 1;
});
