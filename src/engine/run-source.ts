import { randomBytes } from 'node:crypto';
import type { LiveSettings, PythonUsed } from '../contract';
import type { Modules } from './custom/modules';
import type { Executor } from './executor';
import type { LiveRunOptions } from './kinds/live/options';
import { chooseSeed, resolveSettings } from './settings';
import { DISTINCT_INPUTS, taskInput } from './workload/inputs';
import { findWorkload } from './workload/registry';
import { HEAVY_BYTES, type TaskInput } from './workload/workload';

/** What a run does, and on whom. */
export interface RunSource extends Pick<LiveRunOptions, 'workload' | 'settings' | 'inputs'> {
  executors: readonly Executor<TaskInput, number>[];
  /** Those of them that were made for this run alone. */
  own: readonly Executor<TaskInput, number>[];
  /** Ends executors that were made for this run alone. */
  close?: () => Promise<void>;
}

export interface WorkloadSourceOptions {
  executors: RunSource['executors'];
  python?: PythonUsed | undefined;
  /** Makes threads in a process of their own, for tasks that hold much memory; default: in the engine's process. */
  hostThreads?: (() => Executor<TaskInput, number>) | undefined;
}

/** One of Coreloom's own workloads on the engine's executors. Errors: `unknown-workload`, `bad-input`, `not-available`. */
export function workloadSource(
  settings: LiveSettings,
  { executors, python, hostThreads }: WorkloadSourceOptions,
): RunSource {
  const workload = findWorkload(settings.workload);
  const resolved = resolveSettings(
    settings,
    workload,
    executors.map(({ name }) => name),
  );
  // A size that is yet to be calibrated to a length is not known, and seldom so large.
  const heavy = resolved.taskMs === null && (workload.heldBytes?.(resolved.size) ?? 0) > HEAVY_BYTES;
  const here = executors.some(({ threadHost }) => threadHost === 'engine');
  const threads = heavy && here ? hostThreads?.() : undefined;
  for (const executor of [...executors, ...(threads === undefined ? [] : [threads])])
    executor.expect?.(workload.info.name);
  return {
    workload,
    settings: { ...resolved, ...(python === undefined ? {} : { python }) },
    executors:
      threads === undefined
        ? executors
        : executors.map((executor) => (executor.name === threads.name ? threads : executor)),
    own: threads === undefined ? [] : [threads],
    ...(threads === undefined ? {} : { close: () => threads.close() }),
    inputs: (resolved) => Array.from({ length: DISTINCT_INPUTS }, (_, input) => taskInput(resolved, input)),
  };
}

/** A module of the user on executors of its own. Errors: those of `Modules.ready`, `not-available`. */
export async function moduleSource(settings: LiveSettings, module: string, modules: Modules): Promise<RunSource> {
  const seeded = { ...settings, seed: settings.seed ?? chooseSeed() };
  const ready = await modules.ready(module, seeded);
  const resolved = resolveSettings({ ...seeded, module: ready.path }, ready.workload, ready.executors);
  const { executors, python, close } = await ready.open(resolved);
  return {
    workload: ready.workload,
    settings: { ...resolved, ...(python === undefined ? {} : { python }) },
    inputs: (chosen) => ready.inputs(chosen),
    executors,
    own: executors,
    close,
  };
}

/** The id of a run's report: sortable by time and safe as a file name. */
export function reportId(workload: string): string {
  const stamp = new Date()
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/[-:]/g, '')
    .replace('T', '-');
  return `${stamp}-${workload}-${randomBytes(3).toString('hex')}`;
}
