import { randomUUID } from 'node:crypto';
import {
  CoreloomError,
  executorsIn,
  lackOf,
  languageFacts,
  type EngineState,
  type ExecutorKey,
  type PythonChoice,
  type PythonUsed,
  type StartMethod,
} from '../contract';
import type { Executor, ExecutorEvent } from './executor';
import { createPool } from './pool';
import { SuspensionWatch } from './system/suspended';
import {
  choiceIn,
  createPythonExecutor,
  findInterpreters,
  type FoundInterpreters,
  type ProcessGuard,
  type PythonExecutor as CancellableExecutor,
  type PythonExecutorName,
  type PythonExecutorOptions,
  type PythonInterpreter,
  TYPED,
} from './python';
import type { TaskInput } from './workload/workload';

type Availability = EngineState['executors'];
type PythonExecutor = Executor<TaskInput, number>;

export interface PythonExecutorsOptions {
  /** The folder of the Python host. */
  hostFolder: string;
  /** A Python that the user named: this one or none. */
  explicit?: string | undefined;
  /** Whether the first that works is enough, as for one run from a terminal. */
  first?: boolean;
  /** Makes a guard: for systems where the kernel does not end a child with its parent, and for the user's modules, of a run with this name. */
  createGuard?: (run: string | null) => ProcessGuard;
}

export interface ChosenPython {
  used: PythonUsed;
  executors: readonly PythonExecutor[];
  /** Why it cannot be that executor; null where it can. */
  lacks(name: ExecutorKey): string | null;
}

const NAMES: readonly PythonExecutorName[] = executorsIn('python');
const LOOKING = 'Looking for a Python on this machine.';

/** The Python executors of an engine: their interpreters are looked for when somebody asks, and not before. */
export class PythonExecutors {
  readonly #options: PythonExecutorsOptions;
  readonly #watch = new SuspensionWatch();
  readonly #listeners = new Set<(executor: PythonExecutor, event: ExecutorEvent) => void>();
  #found: FoundInterpreters | null = null;
  #looking: Promise<FoundInterpreters> | null = null;
  #made: { key: string; executors: PythonExecutor[] } | null = null;

  constructor(options: PythonExecutorsOptions) {
    this.#options = options;
  }

  /** Looks for interpreters, once. Never rejects. */
  look(): Promise<FoundInterpreters> {
    const { hostFolder, explicit, first = false } = this.#options;
    this.#looking ??= findInterpreters({
      hostFolder,
      first: first || explicit !== undefined,
      ...(explicit === undefined ? {} : { explicit }),
    }).then((found) => {
      this.#found = found;
      return found;
    });
    return this.#looking;
  }

  /** Resolves once nothing is being looked for: a Python that starts takes a core from what is measured. */
  async settled(): Promise<void> {
    await this.#looking;
  }

  availability(): Availability {
    const found = this.#found;
    if (found === null) return { available: [], unavailable: Object.fromEntries(NAMES.map((name) => [name, LOOKING])) };
    const reasons = NAMES.map((name) => [name, this.#reason(name, found)] as const);
    return {
      available: reasons.flatMap(([name, reason]) => (reason === null ? [name] : [])),
      unavailable: Object.fromEntries(reasons.flatMap(([name, reason]) => (reason === null ? [] : [[name, reason]]))),
      pythons: this.#usable(found).map(({ command: _, ...info }) => info),
    };
  }

  /**
   * The executors of one Python, the default where no choice is made. Errors: `not-available` with the reason for a name
   * that is wanted and cannot be had, `bad-input` for an interpreter or a start method that is not there.
   */
  async choose(choice: PythonChoice, wanted: readonly string[]): Promise<ChosenPython> {
    const { interpreter, used } = await this.interpreter(choice, wanted);
    return {
      used,
      executors: await this.#executors(interpreter, used.startMethod),
      lacks: (name) => lackOf(interpreter, name),
    };
  }

  /** The Python that `choose` chooses, without executors. Errors: as `choose`; `not-available` where there is none at all. */
  async interpreter(
    choice: PythonChoice,
    wanted: readonly string[],
  ): Promise<{ interpreter: PythonInterpreter; used: PythonUsed }> {
    const found = await this.look();
    this.#refuseChoice(found, choice);
    const usable = this.#usable(found);
    const interpreter =
      choice.executable === undefined
        ? this.#default(usable, wanted)
        : usable.find(({ executable }) => executable === choice.executable);
    for (const name of NAMES.filter((one) => wanted.includes(one))) {
      const reason = interpreter === undefined ? this.#reason(name, found) : lackOf(interpreter, name);
      if (reason !== null) throw new CoreloomError('not-available', `${name} cannot run here: ${reason}`);
    }
    if (usable.length === 0)
      throw new CoreloomError(
        'not-available',
        this.#reason(languageFacts('python').startedBy, found) ?? 'There is no Python here.',
      );
    if (interpreter === undefined)
      throw new CoreloomError(
        'bad-input',
        `Python ${choice.executable ?? ''} was not found; available: ${usable.map(({ executable }) => executable).join(', ') || 'none'}.`,
      );
    const startMethod = startMethodOf(interpreter, choice);
    const { executable, version, build, lockOn } = interpreter;
    return { interpreter, used: { executable, version, build, lockOn, startMethod } };
  }

  /** Where the user says which Python `python3` is, and that does not start, no other is measured in its place. */
  #refuseChoice({ rejected }: FoundInterpreters, { executable }: PythonChoice): void {
    const named = this.#options.explicit === undefined && executable === undefined ? choiceIn(process.env) : null;
    const typed = rejected.find(({ source }) => source === TYPED);
    if (named !== null && typed !== undefined)
      throw new CoreloomError('not-available', `The Python selected by ${named} cannot be used: ${typed.reason}`);
  }

  on(listener: (executor: PythonExecutor, event: ExecutorEvent) => void): void {
    this.#listeners.add(listener);
  }

  /** Ends every worker. Idempotent. */
  async close(): Promise<void> {
    await Promise.allSettled((this.#made?.executors ?? []).map((executor) => executor.close()));
    this.#listeners.clear();
  }

  /** What may be chosen: where the user named one, that one or none. */
  #usable({ interpreters }: FoundInterpreters): PythonInterpreter[] {
    return this.#options.explicit === undefined
      ? interpreters
      : interpreters.filter(({ source }) => source === 'given');
  }

  /** The first, but one that has what is wanted before others. */
  #default(usable: readonly PythonInterpreter[], wanted: readonly string[]): PythonInterpreter | undefined {
    return (
      usable.find((one) => NAMES.every((name) => !wanted.includes(name) || lackOf(one, name) === null)) ?? usable[0]
    );
  }

  #reason(name: PythonExecutorName, found: FoundInterpreters): string | null {
    const usable = this.#usable(found);
    const reasons = usable.map((interpreter) => lackOf(interpreter, name));
    if (reasons.includes(null)) return null;
    const refused = found.rejected.find((one) => one.refused === true);
    const given = found.rejected.find(({ source }) => source === 'given');
    const [first] = found.rejected;
    return (
      reasons[0] ??
      refused?.reason ??
      given?.reason ??
      `No Python 3.8 or newer was found on this machine.${first === undefined ? '' : ` ${first.reason}`}`
    );
  }

  async #executors(
    interpreter: PythonInterpreter,
    startMethod: StartMethod | null,
  ): Promise<readonly PythonExecutor[]> {
    const key = JSON.stringify([interpreter.command, startMethod]);
    if (this.#made?.key === key) return this.#made.executors;
    await Promise.allSettled((this.#made?.executors ?? []).map((executor) => executor.close()));
    const executors = namesOf(interpreter).map((name) => this.#create(name, interpreter, startMethod));
    this.#made = { key, executors };
    return executors;
  }

  /** Executors of one Python that the caller closes: for a module of the user. */
  create<A, R>(
    { interpreter, used }: { interpreter: PythonInterpreter; used: PythonUsed },
    more: Pick<PythonExecutorOptions, 'module' | 'deadlineMs'>,
  ): CancellableExecutor<A, R>[] {
    return namesOf(interpreter).map((name) =>
      createPythonExecutor<A, R>({
        ...this.#settings(name, interpreter, used.startMethod, more.module === undefined ? null : randomUUID()),
        ...more,
      }),
    );
  }

  #settings(
    name: PythonExecutorName,
    interpreter: PythonInterpreter,
    startMethod: StartMethod | null,
    run: string | null = null,
  ): PythonExecutorOptions {
    const guard = process.platform === 'linux' && run === null ? undefined : this.#options.createGuard?.(run);
    return {
      name,
      interpreter,
      hostFolder: this.#options.hostFolder,
      createPool,
      watch: this.#watch,
      ...(startMethod === null ? {} : { startMethod }),
      ...(guard === undefined ? {} : { guard }),
    };
  }

  #create(name: PythonExecutorName, interpreter: PythonInterpreter, startMethod: StartMethod | null): PythonExecutor {
    const executor = createPythonExecutor<TaskInput, number>(this.#settings(name, interpreter, startMethod));
    executor.on((event) => {
      for (const listener of this.#listeners) listener(executor, event);
    });
    return executor;
  }
}

/** The executors that an interpreter can be. */
function namesOf(interpreter: PythonInterpreter): PythonExecutorName[] {
  return NAMES.filter((name) => lackOf(interpreter, name) === null);
}

function startMethodOf(
  { version, startMethods }: PythonInterpreter,
  { startMethod }: PythonChoice,
): StartMethod | null {
  if (startMethod === undefined) return startMethods[0] ?? null;
  if (startMethods.includes(startMethod)) return startMethod;
  throw new CoreloomError(
    'bad-input',
    `Python ${version} cannot start processes by ${startMethod} here; it can by ${startMethods.join(', ')}.`,
  );
}
