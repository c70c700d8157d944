import { writeSync } from 'node:fs';
import type * as Files from 'node:fs';
import type * as Inspector from 'node:inspector';
import type * as Modules from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { MODULE_EXPORTS } from '../../../contract';
import { forgetAsNode } from '../../system/environment';
import { exit } from '../../system/intrinsics';
import { refuseEnds } from '../exit';
import { ModuleFault } from '../fault';
import { functionPlace } from '../function-place';
import { collectInputs } from '../inputs';
import { errorPlace, loadFault, loadModule, mayNeedTranslation, OWN_FOLDER, prepareImports } from '../load';
import { readMeta } from '../meta';
import { fileText, placeIn, placeText } from '../place';
import { endOffspring, runIn, tagOf } from '../../system/offspring';
import { said } from '../said';
import { BEGUN, FAILED, LOOPS, type Inspection } from '../types';

/** What the engine asks for, as the one argument, in JSON. */
export interface InspectArgument {
  path: string;
  seed: number;
  size: number | null;
  /** Whether its imports are translated, as TypeScript may need. */
  translate: boolean;
  /** The module must be loaded, and its inputs made, this long after it is begun with. */
  limitMs: number;
  /** This process ends itself after this time, should its parent be gone and the module never return. */
  endAfterMs: number;
}

/** `translatable`: it may be right with its imports translated. */
export type InspectAnswer =
  { ok: true; inspection: Inspection } | { ok: false; message: string; translatable?: boolean };

const argument = JSON.parse(process.argv[2] ?? '{}') as InspectArgument;

/** Where something came from; the module's first line where that cannot be told. */
function placeOf(error: unknown): string {
  return placeText(placeIn(error, argument.path, OWN_FOLDER) ?? { file: argument.path, line: 1, column: null });
}

/** What Coreloom's own code threw, since the module replaced what it stands on. */
function broke(error: unknown): string {
  return `${placeOf(error)}: the module cannot be checked because it replaces parts of JavaScript or Node (${said(error)}); remove that code.`;
}

const tell = process.send?.bind(process);

function answer(message: InspectAnswer): void {
  tell?.(message, undefined, undefined, (error) => {
    // Values that cannot be cloned are found before; this is for what is too large.
    if (error) writeSync(2, `${error.message}\n`);
    exit(error ? 1 : 0);
  });
}

/** A module that never returns leaves no turn for `disconnect`: a thread of its own ends this process in time. */
function endInTime(): void {
  const workerData: WatchData = {
    ownFolder: pathToFileURL(OWN_FOLDER).href,
    prefix: LOOPS,
    limitMs: argument.limitMs,
    endAfterMs: argument.endAfterMs,
  };
  new Worker(
    `(${watch.toString()})(require('node:inspector'), require('node:fs'), require('node:module'), require('node:worker_threads').workerData)`,
    { eval: true, workerData, stdout: true, stderr: true },
  ).unref();
}

interface WatchData {
  ownFolder: string;
  prefix: string;
  limitMs: number;
  endAfterMs: number;
}

/** What that thread does, with nothing but its arguments: a loop is stopped once the time is over, and says where it is. */
function watch(
  inspector: typeof Inspector,
  fs: typeof Files,
  { SourceMap }: typeof Modules,
  { ownFolder, prefix, limitMs, endAfterMs }: WatchData,
): void {
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), endAfterMs);
  setTimeout(() => {
    const session = new inspector.Session();
    session.connectToMainThread();
    const scripts = new Map<string, { url: string; sourceMapURL?: string }>();
    session.on('Debugger.scriptParsed', ({ params }) => scripts.set(params.scriptId, params));
    const placed = ({
      scriptId,
      lineNumber,
      columnNumber = 0,
    }: Inspector.Debugger.Location): { url: string; line: number } => {
      const { url, sourceMapURL = '' } = scripts.get(scriptId) ?? { url: '' };
      // A translated file has its map in it.
      const [, map] = /^data:application\/json;base64,(.*)$/.exec(sourceMapURL) ?? [];
      const entry =
        map === undefined
          ? {}
          : new SourceMap(JSON.parse(Buffer.from(map, 'base64').toString()) as Modules.SourceMapPayload).findEntry(
              lineNumber,
              columnNumber,
            );
      return { url, line: ((entry as { originalLine?: number }).originalLine ?? lineNumber) + 1 };
    };
    session.on('Debugger.paused', ({ params }) => {
      const places = params.callFrames.map(({ location }) => placed(location));
      const place = places.find(
        ({ url }) => (url.startsWith('file:') || url.startsWith('/')) && !url.startsWith(ownFolder),
      );
      if (place !== undefined) fs.writeSync(2, `${prefix}${String(place.line)} ${place.url}\n`);
    });
    session.post('Debugger.enable');
    session.post('Debugger.pause');
  }, limitMs);
}

/** Says what is wrong: with the place that the error itself does not tell, once its imports were translated too. */
function refuse(error: unknown): void {
  if (!(error instanceof ModuleFault)) return answer({ ok: false, message: broke(error) });
  const { cause, message } = error;
  if (!mayNeedTranslation(cause)) return answer({ ok: false, message });
  if (!argument.translate) return answer({ ok: false, message, translatable: true });
  process.send?.(FAILED);
  import('../loader/locate')
    .then(({ locate }) => {
      const found = locate(argument.path, cause as Error);
      answer({
        ok: false,
        message:
          found === null
            ? message
            : loadFault(
                cause,
                argument.path,
                found.place,
                found.message === null ? undefined : `SyntaxError: ${found.message}`,
              ).message,
      });
    })
    .catch(() => {
      answer({ ok: false, message });
    });
}

/** What is waited for. */
let awaited = 'what it awaits at its top level';

async function inspect({ path, seed, size, translate }: InspectArgument): Promise<Inspection> {
  const translation = await prepareImports(path, translate ? { files: {}, found: {} } : null);
  process.send?.(BEGUN);
  const module = await loadModule(path);
  const taskPlace = functionPlace(module.task, path);
  const meta = readMeta(module.meta, path);
  awaited = 'what its inputs await';
  const inputs =
    module.inputs === undefined
      ? null
      : await collectInputs(module.inputs, { path, seed, size: size ?? meta.size?.default ?? 1 });
  const exports = MODULE_EXPORTS.filter((name) => module[name] !== undefined && module[name] !== null);
  return { ...meta, exports, taskPlace: placeText(taskPlace), inputs, translation: translation() };
}

process.on('disconnect', () => {
  const run = runIn(process.env);
  if (run !== null) endOffspring(tagOf(run));
  exit(0);
});
process.on('uncaughtException', (error) => {
  // Of an import that fails a promise of Node's own may be left, which nobody waits for.
  if (mayNeedTranslation(error)) return refuse(loadFault(error, argument.path, errorPlace(error, argument.path)));
  answer({
    ok: false,
    message: `${placeOf(error)}: an error was not caught while the module was loading (${said(error)}); catch it.`,
  });
});
// Nothing is left that could go on.
process.once('beforeExit', () => {
  answer({
    ok: false,
    message: `${fileText(argument.path)}: the module never finishes loading, because ${awaited} never completes; remove that.`,
  });
});
process.channel?.unref();
forgetAsNode();
refuseEnds();
endInTime();
inspect(argument).then((inspection) => {
  answer({ ok: true, inspection });
}, refuse);
