// Two equal contenders on the engine itself: two pools of one kind, by the names of threads and processes. Wants a build.
import { cpus, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

const root = resolve(import.meta.dirname, '../..');
const load = async (path) =>
  (await runnerImport(resolve(root, path), { root, configFile: false, logLevel: 'error' })).module;
const { startComparison } = await load('src/engine/kinds/compare/compare-run.ts');
const { builtEntries } = await load('src/engine/entries.ts');
const { createProcessPool, createThreadPool } = await load('src/engine/pool/index.ts');
const { taskInput } = await load('src/engine/workload/inputs.ts');
const { findWorkload } = await load('src/engine/workload/registry.ts');

const entries = builtEntries(resolve(root, 'out/main'));
const WORKERS = 2;
/** As many distinct inputs as a comparison has. */
const INPUTS = 64;
const NAMES = ['threads', 'processes'];
const POOLS = { threads: createThreadPool, processes: createProcessPool };

/** No samples: they are of the machine, and not of who is faster. */
const sampler = {
  hz: 10,
  rest() {},
  start: () => Promise.resolve(),
  machine: () => Promise.reject(new Error('It was not asked for.')),
  watch() {},
  on: () => () => {},
  onWarning: () => () => {},
  stop: () => Promise.resolve(),
};
const machine = {
  cpuModel: cpus()[0]?.model ?? '',
  physicalCores: cpus().length,
  hardwareThreads: cpus().length,
  threadsPerCore: 1,
  coreKinds: null,
  governor: null,
  memoryBytes: totalmem(),
  memoryLimit: null,
  os: process.platform,
  arch: process.arch,
  versions: { coreloom: '0.1.0', node: process.versions.node, electron: null },
  limits: { allowedCores: null, quotaCpus: null, effectiveCpus: cpus().length, explanation: '' },
  clock: { source: 'CLOCK_MONOTONIC', agrees: true },
};

/** One comparison, as `coreloom compare WORKLOAD --executors threads,processes` has it, of one kind of pool with itself. */
export async function realExperiment(kind, { workload: name, seed }) {
  const workload = findWorkload(name);
  const executors = NAMES.map((executor) => POOLS[kind]({ entries, name: executor }));
  for (const executor of executors) executor.expect(name);
  try {
    const report = await startComparison({
      id: `aa-${seed}`,
      workload,
      settings: {
        workload: name,
        executors: NAMES,
        workers: WORKERS,
        size: workload.info.size.default,
        workloadSettings: {},
        prepared: {},
        taskMs: null,
        calibratedMs: null,
        tasks: null,
        rounds: null,
        seed,
      },
      executors,
      inputs: (settings) => Array.from({ length: INPUTS }, (_, input) => taskInput(settings, input)),
      entries,
      mayShorten: true,
      sampler,
      machine,
      createdBy: { host: 'terminal', coreloom: '0.1.0' },
      announce() {},
      keep: () => Promise.resolve(),
    }).ended;
    if (report.failure !== null) throw new Error(report.failure.message);
    return report;
  } finally {
    await Promise.all(executors.map((executor) => executor.close()));
  }
}
