// `npm run dev`: the desktop app on its sources, built again and reloaded as they change. Needs Electron and a display.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { buildTool } from './ensure-built.mjs';
import { interruptible } from './interrupt.mjs';
import { asElectron } from './launch-electron.mjs';
import { tooOld } from './node-version.mjs';
import { obtainElectron } from './obtain-electron.mjs';

const root = resolve(import.meta.dirname ?? '.', '..');
const say = (line) => process.stderr.write(`${line}\n`);

async function main() {
  const refusal = tooOld();
  if (refusal !== null) throw new Error(refusal);
  const tool = buildTool(root);
  process.exitCode = await interruptible((signal) => develop(tool, signal));
}

/** Runs electron-vite with the Electron that `npm start` runs; answers its exit code. */
async function develop(tool, signal) {
  const electron = await obtainElectron({ root, signal, say });
  if (signal.aborted) return 130;
  if (electron.reason !== undefined)
    throw new Error(`${electron.reason}, and npm run dev needs it; npm start shows the interface in a browser.`);
  const env = { ...asElectron(process.env), ELECTRON_EXEC_PATH: electron.program };
  const child = spawn(process.execPath, [tool, 'dev', ...process.argv.slice(2)], { cwd: root, env, stdio: 'inherit' });
  signal.addEventListener('abort', () => child.kill('SIGTERM'));
  const [code] = await once(child, 'exit');
  return signal.aborted ? 130 : (code ?? 1);
}

main().catch((error) => {
  say(`coreloom: ${error.message}`);
  process.exitCode = 1;
});
