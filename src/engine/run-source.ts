import { randomBytes } from 'node:crypto';
import type { LiveSettings, PythonUsed } from '../contract';
import type { Modules } from './custom/modules';
import type { Executor } from './executor';
import type { LiveRunOptions } from './experiment/live/options';
import { chooseSeed, resolveSettings } from './settings';
import { DISTINCT_INPUTS, taskInput } from './workload/inputs';
import { findWorkload } from './workload/registry';
import type { TaskInput } from './workload/workload';

/** What a run does, and on whom. */
export interface RunSource extends Pick<LiveRunOptions, 'workload' | 'settings' | 'inputs'> {
  executors: readonly Executor<TaskInput, number>[];
  /** Ends executors that were made for this run alone. */
  close?: () => Promise<void>;
}

/** One of Coreloom's own workloads on the engine's executors. Errors: `unknown-workload`, `bad-input`, `not-available`. */
export function workloadSource(settings: LiveSettings, executors: RunSource['executors'], python?: PythonUsed): RunSource {
  const workload = findWorkload(settings.workload);
  return {
    workload,
    settings: { ...resolveSettings(settings, workload, executors.map(({ name }) => name)), ...(python === undefined ? {} : { python }) },
    executors,
    inputs: (resolved) => Array.from({ length: DISTINCT_INPUTS }, (_, input) => taskInput(resolved, input)),
  };
}

/** A module of the user on executors of its own. Errors: those of `Modules.ready`, `not-available`. */
export async function moduleSource(settings: LiveSettings, module: string, modules: Modules): Promise<RunSource> {
  const seeded = { ...settings, seed: settings.seed ?? chooseSeed() };
  const ready = await modules.ready(module, seeded);
  const resolved = resolveSettings({ ...seeded, module: ready.path }, ready.workload, ready.executors);
  const { executors, python, close } = await ready.open(resolved);
  return { workload: ready.workload, settings: { ...resolved, ...(python === undefined ? {} : { python }) }, inputs: (chosen) => ready.inputs(chosen), executors, close };
}

/** The id of a run's report: sortable by time and safe as a file name. */
export function reportId(workload: string): string {
  const stamp = new Date().toISOString().replace(/\.\d+Z$/, '').replace(/[-:]/g, '').replace('T', '-');
  return `${stamp}-${workload}-${randomBytes(3).toString('hex')}`;
}
