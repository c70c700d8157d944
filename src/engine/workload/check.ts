import type { LiveSettings } from '../../contract';
import { checkSize, findWorkload } from './registry';
import { resolveWorkloadSettings } from './settings';

/** Refuses what cannot be run before an engine is opened for it. Throws `unknown-workload`, `bad-input`. */
export function checkWorkload({
  workload: name,
  size,
  workloadSettings = {},
}: Pick<LiveSettings, 'workload' | 'size' | 'workloadSettings'>): void {
  const workload = findWorkload(name);
  if (size !== undefined) checkSize(workload, size);
  resolveWorkloadSettings(workload, workloadSettings);
}
