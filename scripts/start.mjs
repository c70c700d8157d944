// `npm start`: the desktop app where Electron runs, else the same interface in a browser. Never ends in a stack trace.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './ensure-built.mjs';
import { electronVersion, fetchElectron, findElectron } from './find-electron.mjs';
import { launchElectron } from './launch-electron.mjs';
import { tooOld } from './node-version.mjs';

const HELP = `Builds Coreloom where needed and opens it.

Usage: npm start [-- options]

Options:
  --web     serve the interface to a browser instead of opening the desktop app
  --port N  port on 127.0.0.1 for the browser; any free one where not given
  --wait S  seconds to wait for the app's window before a browser is served instead; default: 30
  --help    show this help

CORELOOM_NO_DOWNLOAD=1 keeps Electron's binary from being fetched where it is missing.
`;

const root = resolve(import.meta.dirname ?? '.', '..');
const say = (line) => process.stderr.write(`${line}\n`);
const interrupted = new AbortController();
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const onSignal = () => interrupted.abort();

async function main() {
  const options = readOptions();
  if (options.help) return void process.stdout.write(HELP);
  const refusal = tooOld();
  if (refusal !== null) throw new Error(refusal);
  await ensureBuilt({ root, say });
  const reason = options.web ? null : await openDesktop(windowLimits(options));
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
async function openDesktop(limits) {
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    if (!hasDisplay()) return 'There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set)';
    const electron = findElectron({ root }) ?? (await fetchNow());
    if (electron.reason !== undefined) return electron.reason;
    const result = await launchElectron({ program: electron, root, signal: interrupted.signal, limits, say });
    if (result.state === 'not-started') {
      for (const line of result.remedy) say(line);
      return `Electron did not start: ${result.reason}`;
    }
    process.exitCode = interrupted.signal.aborted ? 130 : result.code;
    return null;
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
    if (interrupted.signal.aborted) process.exitCode ??= 130;
  }
}

/** How long the window is waited for, and when that is said; undefined for the default. */
function windowLimits({ wait }) {
  if (wait === undefined) return undefined;
  const seconds = Number(wait);
  if (seconds > 0 && seconds <= 3600) return { noticeMs: (seconds * 1000) / 3, windowMs: seconds * 1000 };
  process.exitCode = 2;
  throw new Error(`--wait is "${wait}"; it must be a number of seconds up to 3600.`);
}

function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Answers the program, or `{ reason }`. */
async function fetchNow() {
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH) return { reason: 'There is no Electron in ELECTRON_OVERRIDE_DIST_PATH' };
  if (process.env.CORELOOM_NO_DOWNLOAD) return { reason: 'Electron is missing and CORELOOM_NO_DOWNLOAD is set' };
  const name = `Electron ${electronVersion(root) ?? ''}`.trim();
  const progress = progressLine(`Fetching ${name}, which is needed once (about 110 MB)`);
  const installer = process.env.CORELOOM_ELECTRON_INSTALLER;
  const result = await fetchElectron({
    root,
    installer,
    limits: limits(),
    progress: progress.show,
    signal: interrupted.signal,
  });
  progress.end();
  if (!result.ok) return { reason: `Electron could not be fetched: ${result.reason}` };
  return findElectron({ root }) ?? { reason: 'Electron was fetched but is not complete' };
}

/** Shorter limits for tests and for the impatient: `CORELOOM_FETCH_LIMIT_S`, in seconds, for all of it. */
function limits() {
  const seconds = Number(process.env.CORELOOM_FETCH_LIMIT_S);
  return seconds > 0 ? { stallMs: Math.min(20_000, seconds * 1000), totalMs: seconds * 1000 } : undefined;
}

/** One line that grows on a terminal, one line in all elsewhere. */
function progressLine(title) {
  const live = process.stderr.isTTY;
  if (live) process.stderr.write(`${title}…`);
  else say(`${title}…`);
  return {
    show(bytes) {
      if (live) process.stderr.write(`\r${title}: ${Math.round(bytes / 1e6)} MB `);
    },
    end() {
      if (live) process.stderr.write('\n');
    },
  };
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
