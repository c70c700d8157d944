// `npm run desktop:check`: the end-to-end tests of the desktop on Electron itself. `npm run desktop:node24`: on its stand-in,
// with the line of Node that Electron brings. Ends with a table of what held.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { desktopRows, desktopTable, held } from './desktop-table.mjs';
import { electronVersions } from './electron-versions.mjs';
import { ensureBuilt } from './ensure-built.mjs';
import { findElectronsNode } from './find-node.mjs';
import { interruptible } from './interrupt.mjs';
import { asElectron } from './launch-electron.mjs';
import { tooOld } from './node-version.mjs';
import { obtainElectron } from './obtain-electron.mjs';
import { runVitest } from './run-vitest.mjs';
import { countsOf, isFailed, namesOf } from './test-results.mjs';

const HELP = `Runs the end-to-end tests of the desktop app on Electron itself, and prints a table of what held.

Usage: npm run desktop:check [-- [options] [word...]]

With words: only the specifications (tests/e2e) whose name contains one of them.

Options:
  --stand-in    use the stand-in for Electron, on the Node version that Electron contains (npm run desktop:node24)
  --no-sandbox  run Electron without its sandbox, for systems where it does not start with it; the table says so
  --help        show this help

Exit codes: 0 all passed, 1 a test failed, 2 wrong usage, 3 nothing was checked, because Electron (or that Node) does not
run here.
`;
const NOT_CHECKED = 3;

const root = resolve(import.meta.dirname, '..');
const say = (line) => process.stderr.write(`${line}\n`);

async function main() {
  const options = readOptions();
  if (options.help) return void process.stdout.write(HELP);
  const specs = specsOf(options.words);
  const refusal = tooOld();
  if (refusal !== null) throw new Error(refusal);
  const host = options['stand-in'] ? standIn() : await interruptible((signal) => electron(options, signal));
  if (host.reason !== undefined) return notChecked(host.reason);
  await ensureBuilt({ root, say });
  await check(host, specs);
}

function readOptions() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        'stand-in': { type: 'boolean' },
        'no-sandbox': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    return { ...values, words: positionals };
  } catch (error) {
    return wrongUsage(error.message.split('. ')[0].replace(/\.$/, ''));
  }
}

function wrongUsage(message) {
  process.exitCode = 2;
  throw new Error(`${message}; npm run desktop:check -- --help lists the options.`);
}

/** The specifications that launch the desktop, or those of them that were asked for. */
function specsOf(words) {
  const folder = join(root, 'tests/e2e');
  const all = readdirSync(folder).filter(
    (name) => name.endsWith('.test.ts') && /launchDesktop|HOSTS/.test(readFileSync(join(folder, name), 'utf8')),
  );
  const chosen = words.length === 0 ? all : all.filter((name) => words.some((word) => name.includes(word)));
  if (chosen.length > 0) return chosen.map((name) => join('tests/e2e', name));
  return wrongUsage(`No specification has ${words.join(' or ')} in its name`);
}

/** The real host: what it is made of, and the environment that the tests find it by; or why it is not there. */
async function electron(options, signal) {
  const found = await obtainElectron({ root, signal, say });
  if (found.reason !== undefined) return { reason: `${found.reason}.` };
  const sandbox = !options['no-sandbox'];
  const started = await electronVersions({ program: found.program, sandbox, signal });
  if (started.state === 'not-started') {
    for (const line of started.remedy) say(line);
    return { reason: `Electron does not start here: ${started.reason}.` };
  }
  const { electron: version, chrome, node } = started.versions;
  return {
    name: 'electron',
    title: `Electron ${version}, Chromium ${chrome}, Node ${node}, ${process.platform} ${process.arch}${sandbox ? '' : ', without its sandbox'}`,
    env: { ELECTRON_EXEC_PATH: found.program, ...(sandbox ? {} : { CORELOOM_DESKTOP_NO_SANDBOX: '1' }) },
  };
}

/** The same of the stand-in. */
function standIn() {
  const { reason, program, version } = findElectronsNode({ root });
  if (reason !== undefined) return { reason };
  return {
    name: 'stand-in',
    title: `The stand-in for Electron, Node ${version}, ${process.platform} ${process.arch}`,
    env: { CORELOOM_STAND_IN_NODE: program },
  };
}

function notChecked(reason) {
  say(`coreloom: ${reason} Nothing was checked.`);
  process.exitCode = NOT_CHECKED;
}

async function check({ name, title, env }, specs) {
  const own = { ...asElectron(process.env), ...env, CORELOOM_DESKTOP_HOST: name, CORELOOM_DESKTOP_ALONE: '1' };
  // One after the other: windows on one display take the focus from each other, and a check is to blame no crowd.
  const tests = await runVitest({ root, projects: ['e2e'], words: ['--no-file-parallelism', ...specs], env: own });
  const rows = desktopRows(tests);
  const failed = tests.filter(isFailed);
  const counts = countsOf(tests);
  if (failed.length > 0) console.log(`\nFailed:\n${namesOf(failed, root).join('\n')}`);
  console.log(`\n${title}\n\n${desktopTable(rows)}`);
  console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  process.exitCode = held(rows, name) ? 0 : 1;
}

main().catch((error) => {
  say(`coreloom: ${error.message}`);
  process.exitCode ||= 1;
});
