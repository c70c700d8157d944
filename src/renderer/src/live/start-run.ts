import { errorInfo } from '../../../contract';
import { useEngine } from '../stores/engine-state';
import { useModules } from '../stores/modules';
import { useRun } from '../stores/run';

/** Starts what is chosen. A module is looked at again first, since its file may have changed; what is wrong stands beside it. */
export async function startChosen(): Promise<void> {
  const [engine, runs, modules] = [useEngine(), useRun(), useModules()];
  const prepare = async (): Promise<{ bySize: boolean } | null> => {
    if (runs.isModule && (await modules.again()) === null) return null;
    return { bySize: engine.selected?.prints ?? false };
  };
  await runs.start(prepare, (error) => {
    const info = errorInfo(error);
    if (!runs.isModule || modules.path === null || !info.code.startsWith('module-')) return false;
    modules.refused(modules.path, info);
    return true;
  });
}
