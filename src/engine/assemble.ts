import { randomUUID } from 'node:crypto';
import type { ExportResult, MachineInfo, Report } from '../contract';
import type { ModuleHost } from './custom/host';
import { createNodeRuntime } from './custom/node';
import type { ModuleRuntime } from './custom/types';
import { createEngine, type Engine } from './engine';
import { userEnvironment } from './system/environment';
import { pythonFolder, type Entries } from './entries';
import type { Sampler } from './metrics';
import { createNodePools, type NodePools } from './node-pools';
import { createGuard, createHostedThreadPool, createProcessPool } from './pool';
import type { RenderedReport, RenderKit } from './reports/any-kind';
import { PythonExecutors } from './python-executors';
import { pythonModules } from './python-modules';
import { createStore } from './reports/saved-reports';
import { dataFolder, openAppSettings } from './store';
import type { TaskInput } from './workload/workload';

export interface OpenOptions {
  /** Folder of the built entries. */
  folder: string;
  /** The data folder; default: `CORELOOM_HOME`, else the system's usual place. */
  home?: string;
  host: Report['createdBy']['host'];
  versions: MachineInfo['versions'];
  /** The path of the Python to use, where the user named one. */
  python?: string | undefined;
  /** Pools that the host made itself. Default: with threads in this process. */
  pools?: NodePools;
  saveReport(rendered: RenderedReport): Promise<ExportResult>;
  /** What becomes of a report in this host that cannot be saved: one sentence. Default: it is to be exported. */
  unsavedAdvice?: () => Promise<string>;
  /** Prints a page to PDF. Without it, PDF export is unavailable. */
  printPdf?: RenderKit['printPdf'] | undefined;
  /** Which of the user's own files this host lets run; default: none. */
  modules?: ModuleHost;
  /** What those may take, where that is less than usual. */
  moduleLimits?: ModuleLimits;
}

/** What is there before the rest of the engine is loaded. */
interface Started {
  entries: Entries;
  sampler: Sampler;
}

/** Time to load a module and make its inputs, ms; memory for the JavaScript objects of one of its workers, MiB. */
export interface ModuleLimits {
  inspectMs?: number;
  heapMb?: number;
}

/** Modules in JavaScript and TypeScript: pools of their own for each run, so that each loads the file as it is then. */
function nodeModules(entries: Entries, { inspectMs, heapMb }: ModuleLimits): ModuleRuntime {
  const settings = ({ tasks, deadlineMs }: { tasks: string; deadlineMs: number }) => ({
    entries: { ...entries, tasks },
    heapMb,
    deadlineMs,
    environment: userEnvironment(),
    run: randomUUID(),
  });
  return createNodeRuntime({
    entries,
    inspectMs,
    createPools: (module) => [createHostedThreadPool(settings(module)), createProcessPool(settings(module))],
    createBaseline: (module) => createHostedThreadPool({ ...settings(module), name: 'sequential' }),
  });
}

/** Puts an engine together as every host needs it: both pools, the sampler, and the saved reports. */
export function assembleEngine(options: OpenOptions, { entries, sampler }: Started): Engine {
  const pools = options.pools ?? createNodePools(entries);
  const hostFolder = pythonFolder(options.folder);
  const { moduleLimits = {}, home = dataFolder() } = options;
  const python = new PythonExecutors({
    hostFolder,
    explicit: options.python,
    first: options.host === 'terminal',
    createGuard: (run) => createGuard(entries, run),
  });
  return createEngine({
    host: options.host,
    versions: options.versions,
    executors: [pools.threads, pools.processes],
    hostThreads: () => createHostedThreadPool<TaskInput, number>({ entries }),
    baselines: [pools.sequential],
    entries,
    python,
    sampler,
    store: createStore({ home }),
    appSettings: openAppSettings({ home }),
    saveReport: (rendered) => options.saveReport(rendered),
    printPdf: options.printPdf,
    moduleRuntimes: [nodeModules(entries, moduleLimits), pythonModules(python, hostFolder, moduleLimits)],
    ...(options.modules ? { modules: options.modules } : {}),
    ...(options.unsavedAdvice === undefined ? {} : { unsavedAdvice: options.unsavedAdvice }),
  });
}
