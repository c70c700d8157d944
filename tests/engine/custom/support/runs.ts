import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, onTestFailed, onTestFinished } from 'vitest';
import {
  MODULE_WORKLOAD,
  type EngineClient,
  type EngineEvent,
  type LiveSettings,
  type LiveReport,
  type LiveState,
} from '../../../../src/contract';
import { inProcessClient, type Engine, type ModuleHost } from '../../../../src/engine';
import { assembleEngine, type ModuleLimits, type OpenOptions } from '../../../../src/engine/assemble';
import { createSampler } from '../../../../src/engine/metrics';
import { ENTRIES, OUT } from '../../../support/paths';
import { asLive, warningsOf } from '../../../support/live-report';
import { asLiveState } from '../../../support/experiment-state';

const engines: Engine[] = [];
/** Those that tests share, by their Python. */
const kept = new Map<string, Opened>();

afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.close()));
});
afterAll(closeKept);

/** Closes the engine that was opened last. */
export async function closeLast(): Promise<void> {
  await engines.at(-1)?.close();
}

export function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'coreloom-custom-'));
  onTestFinished(() => {
    rmSync(made, { recursive: true, force: true, maxRetries: 3 });
  });
  return made;
}

/** Writes a module into a folder that goes with the test. */
export function written(source: string, name = 'task.mjs', where = folder()): string {
  const path = join(where, name);
  writeFileSync(path, source);
  return path;
}

const TRUSTING: ModuleHost = {
  authorizeModule: () => Promise.resolve(true),
  offer: () => ({ by: 'none', modules: [] }),
};

interface Settings {
  modules?: ModuleHost;
  python?: string;
  moduleLimits?: ModuleLimits;
}

interface Opened {
  engine: Engine;
  home: string;
}

/** An engine of the test's own; with `python`, on that one. */
export function open(settings: Settings = {}): EngineClient {
  const { engine } = opened(settings, folder());
  engines.push(engine);
  return inProcessClient(engine);
}

/** The engine that the tests of a file share: what one of them runs must not harm what the next one runs. A test that fails takes it away. */
export function shared(python?: string): EngineClient {
  const key = python ?? '';
  const found = kept.get(key) ?? opened({ python }, mkdtempSync(join(tmpdir(), 'coreloom-custom-')));
  kept.set(key, found);
  onTestFailed(closeKept);
  return inProcessClient(found.engine);
}

async function closeKept(): Promise<void> {
  const all = [...kept.values()];
  kept.clear();
  for (const { engine, home } of all) {
    await engine.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** On a crowded machine a look at a module may take longer than users are made to wait; what is tested of that limit sets its own. */
const PATIENCE: ModuleLimits = { inspectMs: 120_000 };

function opened({ modules = TRUSTING, python, moduleLimits }: Settings, home: string): Opened {
  const options: OpenOptions = {
    folder: join(OUT, 'main'),
    home,
    host: 'terminal',
    versions: { coreloom: '0.0.0-test', node: process.versions.node, electron: null },
    saveReport: () => Promise.resolve({ state: 'cancelled' }),
    modules,
    moduleLimits: { ...PATIENCE, ...moduleLimits },
    python,
  };
  const sampler = createSampler({ entry: ENTRIES.sampler });
  return { engine: assembleEngine(options, { entries: ENTRIES, sampler }), home };
}

/** Runs a module to the end and answers what is in its report. */
export async function run(
  client: EngineClient,
  module: string,
  settings: Partial<LiveSettings> = {},
): Promise<LiveReport> {
  const { promise: ended, resolve } = deferred<LiveState>();
  const off = client.on((event: EngineEvent) => {
    if (event.type === 'experiment-ended') resolve(asLiveState(event.experiment));
  });
  try {
    await client.call('startExperiment', {
      kind: 'live',
      workload: MODULE_WORKLOAD,
      module,
      workers: { threads: 1, processes: 1 },
      tasks: 20,
      ...settings,
    });
    const { reportId } = await ended;
    const report = asLive(await client.call('getReport', { id: reportId ?? '' }));
    return { ...report, warnings: warningsOf(report) };
  } finally {
    off();
  }
}

/** What was said of the tasks that failed, each sentence once. */
export function saidOf(report: LiveReport): string[] {
  return [...new Set(report.tasks.errors.map(({ message }) => message))];
}

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((given) => (resolve = given));
  return { promise, resolve };
}
