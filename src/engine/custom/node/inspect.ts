import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { duration, CoreloomError } from '../../../contract';
import { userEnvironment } from '../../system/environment';
import { EarlyLines } from '../../system/early-lines';
import { makeExpendable } from '../../system/expendable';
import { forkNode } from '../../fork-node';
import { childrenOf, endOffspring, OWN_GROUP, tagOf, withTag } from '../../system/offspring';
import { outOfMemory } from '../../system/memory-kills';
import { signalGroup } from '../../system/process-group';
import { onUnreadable } from '../../system/unreadable';
import { readLines } from '../../system/read-lines';
import { assertRoom, limitWords, memoryIsLimited, NODE_PROCESS } from '../../system/room';
import type { InspectAnswer, InspectArgument } from '../entry/inspect';
import { needsTranslation } from '../load';
import { fileText, pathOf, placesOf, placeText } from '../place';
import { BEGUN, FAILED, LOOPS, type InspectRequest, type Inspection } from '../types';

/** A module must be loaded, and its inputs made, within this time. */
export const INSPECT_MS = 10_000;
const SPARE_MS = 2_000;
/** The process that does that has begun within this time, unless the machine is too busy. */
const START_MS = 30_000;
/** Longer than the limit, for the place of a loop to be told. */
const LOOK_MS = 2_000;
/** What a process says before it dies of something is at the end. */
const KEPT_CHARACTERS = 4_000;

interface InspectOptions extends InspectRequest {
  /** The built file that looks at it. */
  entry: string;
  limitMs?: number | undefined;
}

/** What V8 says where WebAssembly, such as what takes types out, has too few addresses: 10 GiB for each of its memories. */
const NO_ADDRESSES = /Cannot allocate Wasm memory/;

type Ending =
  | { type: 'answered'; answer: InspectAnswer }
  | { type: 'not-begun' }
  | { type: 'limit' }
  | { type: 'unreadable' }
  | { type: 'exit'; code: number | null; signal: string | null }
  | { type: 'error'; error: Error };

/**
 * Loads a module in a process of its own and answers what it says of itself; in another, with its imports translated, where
 * Node alone does not take it. Throws `module-broken`, `worker-limit`.
 */
export async function inspectModule(options: InspectOptions): Promise<Inspection> {
  const translate = needsTranslation(options.path);
  const first = await answered(options, translate);
  const answer = !first.ok && first.translatable === true ? await answered(options, true) : first;
  if (answer.ok) return answer.inspection;
  if (memoryIsLimited() && NO_ADDRESSES.test(answer.message)) throw notBegun(fileText(options.path), 'ENOMEM');
  throw new CoreloomError('module-broken', answer.message);
}

async function answered(
  { entry, path, seed, size, limitMs = INSPECT_MS }: InspectOptions,
  translate: boolean,
): Promise<InspectAnswer> {
  const argument: InspectArgument = { path, seed, size, translate, limitMs, endAfterMs: START_MS + limitMs + SPARE_MS };
  const run = randomUUID();
  const file = fileText(path);
  const child = begun(file, () =>
    forkNode(entry, [JSON.stringify(argument)], {
      execArgv: [],
      env: withTag(userEnvironment(), run, 0),
      detached: OWN_GROUP,
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    }),
  );
  makeExpendable(child.pid);
  let errors = '';
  const early = new EarlyLines((text) => (errors = `${errors}${text}\n`.slice(-KEPT_CHARACTERS)));
  readLines(child.stderr, (text) => {
    early.add(text);
  });
  const ending = await ended(child, limitMs, run);
  switch (ending.type) {
    case 'answered':
      return ending.answer;
    case 'not-begun':
      throw new CoreloomError(
        'worker-limit',
        `The process that checks ${file} did not start within ${duration(START_MS)}, because this machine is too busy; try again later.`,
      );
    case 'limit':
      early.release();
      throw new CoreloomError('module-broken', neverLoaded(file, limitMs, errors));
    case 'unreadable':
      throw new CoreloomError(
        'module-broken',
        `${file}:1: the module writes to descriptor 3, which Coreloom uses; write only to files that the module has opened.`,
      );
    case 'exit': {
      const refusal = early.refusal(ending.signal);
      if (refusal !== null) throw notBegun(file, refusal);
      throw new CoreloomError(
        'module-broken',
        `${placeText(placesOf(errors).find((place) => place.file === path) ?? { file: path, line: 1, column: null })}: the module ends its process while it is loading (${howEnded(ending, errors)}); remove the code that does this from its top level.`,
      );
    }
    case 'error':
      throw notBegun(file, ending.error);
  }
}

function begun(file: string, start: () => ChildProcess): ChildProcess {
  try {
    assertRoom(NODE_PROCESS);
    return start();
  } catch (error) {
    throw notBegun(file, error);
  }
}

function notBegun(file: string, why: unknown): CoreloomError {
  return new CoreloomError(
    'worker-limit',
    `The process that checks ${file} could not be started, because ${limitWords(why)}; raise that limit.`,
    why,
  );
}

function neverLoaded(file: string, limitMs: number, errors: string): string {
  const limit = duration(limitMs);
  const [, line, url] = new RegExp(`^${LOOPS}(\\d+) (.*)$`, 'm').exec(errors) ?? [];
  const loop = line === undefined ? null : pathOf(url ?? '');
  if (loop !== null)
    return `${placeText({ file: loop, line: Number(line), column: null })}: the module has not finished loading after ${limit} and is still at this line; remove endless loops and slow code from its top level and its inputs.`;
  return `${file}: the module has not finished loading after ${limit}; remove endless waits from its top level and its inputs.`;
}

function ended(child: ChildProcess, limitMs: number, run: string): Promise<Ending> {
  return new Promise((resolve) => {
    const end = (ending: Ending): void => {
      clearTimeout(timer);
      const started = childrenOf(child.pid ?? 0);
      child.kill('SIGKILL');
      if (OWN_GROUP) signalGroup(child.pid, 'SIGKILL');
      endOffspring(tagOf(run), started);
      resolve(ending);
    };
    let timer = setTimeout(() => {
      end({ type: 'not-begun' });
    }, START_MS);
    onUnreadable(child, () => {
      end({ type: 'unreadable' });
    });
    child.on('message', (message: InspectAnswer | typeof BEGUN | typeof FAILED) => {
      if (message !== BEGUN && message !== FAILED) return end({ type: 'answered', answer: message });
      clearTimeout(timer);
      timer = setTimeout(
        () => {
          end({ type: 'limit' });
        },
        message === FAILED ? START_MS : limitMs + LOOK_MS,
      );
    });
    child.stderr?.on('data', (text: string) => {
      if (text.includes(LOOPS)) end({ type: 'limit' });
    });
    child.once('error', (error) => {
      end({ type: 'error', error });
    });
    child.once('exit', (code, signal) => {
      // What it sent before its end may still be on its way.
      setImmediate(() => {
        end({ type: 'exit', code, signal });
      });
    });
  });
}

function howEnded({ code, signal }: { code: number | null; signal: string | null }, errors: string): string {
  if (outOfMemory(errors)) return 'out of memory';
  return signal === null ? `exit code ${String(code)}` : `signal ${signal}`;
}
