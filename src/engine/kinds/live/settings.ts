import {
  CoreloomError,
  entriesOf,
  type ExecutorKey,
  type LiveSettings,
  type ResolvedSettings,
} from '../../../contract';
import { checkExecutors } from '../../settings';
import type { Workload } from '../../workload/workload';
import { resolveTasks } from '../shared/rounds-plan';

/** Makes every choice that the settings leave open. Errors: `bad-input`, `not-available`. */
export function resolveLiveSettings(
  settings: LiveSettings,
  workload: Workload,
  available: readonly ExecutorKey[],
): ResolvedSettings {
  checkExecutors(settings.workers, available);
  const total = entriesOf(settings.workers).reduce((sum, [, count]) => sum + count, 0);
  if (total < 1)
    throw new CoreloomError('bad-input', 'A run needs at least one worker: give one thread or one process.');
  return {
    ...resolveTasks(settings, workload),
    workers: settings.workers,
    durationMs: settings.durationMs ?? null,
    tasks: settings.tasks ?? null,
  };
}
