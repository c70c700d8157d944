import { writeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { MODULE_EXPORTS } from '../../../contract';
import { guardExit } from '../exit';
import { ModuleFault } from '../fault';
import { functionPlace } from '../function-place';
import { collectInputs } from '../inputs';
import { loadModule, OWN_FOLDER } from '../load';
import { readMeta } from '../meta';
import { placeText } from '../place';
import { endOffspring, runIn, tagOf } from '../../offspring';
import { said } from '../said';
import type { Inspection } from '../types';

/** What the engine asks for, as the one argument, in JSON. */
export interface InspectArgument {
  path: string;
  seed: number;
  size: number | null;
  /** This process ends itself after this time, should its parent be gone and the module never return. */
  endAfterMs: number;
}

export type InspectAnswer = { ok: true; inspection: Inspection } | { ok: false; message: string };

const argument = JSON.parse(process.argv[2] ?? '{}') as InspectArgument;

function answer(message: InspectAnswer): void {
  process.send?.(message, undefined, undefined, (error) => {
    // Values that cannot be cloned are found before; this is for what is too large.
    if (error) writeSync(2, `${error.message}\n`);
    process.exit(error ? 1 : 0);
  });
}

/** A module that never returns leaves no turn for `disconnect`: a thread of its own ends this process in time. */
function endInTime(): void {
  const code = `setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${String(argument.endAfterMs)})`;
  new Worker(code, { eval: true, stdout: true, stderr: true }).unref();
}

async function inspect({ path, seed, size }: InspectArgument): Promise<Inspection> {
  const module = await loadModule(path);
  const taskPlace = await functionPlace(module.task, path);
  const meta = readMeta(module.meta, path);
  const inputs = module.inputs === undefined ? null : await collectInputs(module.inputs, { path, seed, size: size ?? meta.size?.default ?? 1 });
  const exports = MODULE_EXPORTS.filter((name) => module[name] !== undefined && module[name] !== null);
  return { ...meta, exports, taskPlace: placeText(taskPlace), inputs };
}

process.on('disconnect', () => {
  const run = runIn(process.env);
  if (run !== null) endOffspring(tagOf(run));
  process.exit(0);
});
process.on('uncaughtException', (error) => {
  answer({ ok: false, message: `The module lets something escape as it is loaded, ${said(error)}; catch it.` });
});
guardExit(OWN_FOLDER, () => Promise.resolve());
endInTime();
inspect(argument).then(
  (inspection) => {
    answer({ ok: true, inspection });
  },
  (error: unknown) => {
    answer({ ok: false, message: error instanceof ModuleFault ? error.message : said(error) });
  },
);
