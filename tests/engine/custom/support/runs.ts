import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, onTestFinished } from 'vitest';
import { MODULE_WORKLOAD, type EngineClient, type EngineEvent, type LiveSettings, type LiveReport, type RunState } from '../../../../src/contract';
import { inProcessClient, openEngine, type Engine, type ModuleHost } from '../../../../src/engine';
import type { ModuleLimits } from '../../../../src/engine/open';
import { OUT } from '../../../support/paths';
import { asLive } from '../../../support/live-report';

const engines: Engine[] = [];

afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.close()));
});

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

const TRUSTING: ModuleHost = { authorizeModule: () => Promise.resolve(true), offer: () => ({ by: 'none', modules: [] }) };

/** An engine; with `python`, on that one. */
export function open({ modules = TRUSTING, python, moduleLimits }: { modules?: ModuleHost; python?: string; moduleLimits?: ModuleLimits } = {}): EngineClient {
  const engine = openEngine({
    folder: join(OUT, 'main'),
    home: folder(),
    host: 'terminal',
    versions: { coreloom: '0.0.0-test', node: process.versions.node, electron: null },
    saveReport: () => Promise.resolve({ state: 'cancelled' }),
    modules,
    moduleLimits,
    python,
  });
  engines.push(engine);
  return inProcessClient(engine);
}

/** Runs a module to the end and answers what is in its report. */
export async function run(client: EngineClient, module: string, settings: Partial<LiveSettings> = {}): Promise<LiveReport> {
  const { promise: ended, resolve } = deferred<RunState>();
  const off = client.on((event: EngineEvent) => {
    if (event.type === 'run-ended') resolve(event.run);
  });
  try {
    await client.call('startRun', { workload: MODULE_WORKLOAD, module, workers: { threads: 1, processes: 1 }, tasks: 20, ...settings });
    const { reportId } = await ended;
    return asLive(await client.call('getReport', { id: reportId ?? '' }));
  } finally {
    off();
  }
}

/** What was said of the tasks that failed, each sentence once. */
export function saidOf(report: LiveReport): string[] {
  return [...new Set(report.tasks.errors.map(({ message }) => message))];
}

/** An engine that runs modules on this Python. */
export const openOn = (python: string, moduleLimits?: ModuleLimits): EngineClient => open({ python, moduleLimits });

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((given) => (resolve = given));
  return { promise, resolve };
}
