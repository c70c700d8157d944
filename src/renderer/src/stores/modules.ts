import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import {
  errorInfo,
  MODULE_WORKLOAD,
  type EngineClient,
  type ErrorInfo,
  type ModuleInfo,
  type ModuleOffer,
} from '../../../contract';
import { useExperiment } from './experiment';
import { useNotices } from './notices';
import { useRun } from './run';

/** Where the look at the chosen file stands. `path` is as it was chosen; what is found has the real one. */
export type ModuleLook =
  | { state: 'none' }
  /** `info`: what was found before, where the same file is looked at again. */
  | { state: 'looking'; path: string; info: ModuleInfo | null }
  | { state: 'ready'; path: string; info: ModuleInfo }
  | { state: 'broken'; path: string; error: ErrorInfo };

const MOST_RECENT = 4;

/** The user's own module: which one, and what was found of it. What a run needs of it stands in the run's store. */
export const useModules = defineStore('modules', () => {
  const notices = useNotices();
  const runs = useRun();
  const experiments = useExperiment();
  const offer = shallowRef<ModuleOffer>({ by: 'none', modules: [] });
  const look = shallowRef<ModuleLook>({ state: 'none' });
  /** Files that could be run, the last one first; of this session alone. */
  const recent = shallowRef<readonly string[]>([]);
  /** Goes up when a module is opened: a view that shows it comes forward. */
  const opened = ref(0);
  const path = computed(() => (look.value.state === 'none' ? null : look.value.path));

  let client: EngineClient | null = null;
  let latest = 0;

  /** Looks at a file, which a host may first ask about; null where it cannot be run, or another was chosen meanwhile. */
  async function inspect(chosen: string): Promise<ModuleInfo | null> {
    if (!client) return null;
    const mine = ++latest;
    const before = look.value;
    look.value = {
      state: 'looking',
      path: chosen,
      info: before.state === 'ready' && before.path === chosen ? before.info : null,
    };
    try {
      const info = await client.call('inspectModule', { module: chosen });
      if (mine !== latest) return null;
      look.value = { state: 'ready', path: chosen, info };
      runs.module = info;
      recent.value = [chosen, ...recent.value.filter((one) => one !== chosen)].slice(0, MOST_RECENT);
      return info;
    } catch (error) {
      if (mine === latest) refused(chosen, errorInfo(error));
      return null;
    }
  }

  /** The file cannot be run as it is: that is said in its place. */
  function refused(chosen: string, error: ErrorInfo): void {
    look.value = { state: 'broken', path: chosen, error };
    runs.module = null;
  }

  /** Makes a file the workload, and looks at it. */
  async function open(chosen: string): Promise<void> {
    opened.value++;
    // Looking at a file takes a core from what is measured.
    if (experiments.active || experiments.asking) {
      notices.show('warning', 'A measurement is in progress: stop it before you choose a module.');
      return;
    }
    runs.workload = MODULE_WORKLOAD;
    await inspect(chosen);
  }

  /** Looks at the chosen file again: it may have changed. */
  async function again(): Promise<ModuleInfo | null> {
    return path.value === null ? null : inspect(path.value);
  }

  /** Lets the host ask for a file. */
  async function choose(): Promise<void> {
    if (!client) return;
    try {
      const chosen = await client.call('chooseModule', null);
      if (chosen) await open(chosen.path);
    } catch (error) {
      notices.fail(error);
    }
  }

  /** Asks the host again which files it offers: those of a folder come and go. */
  async function list(): Promise<void> {
    if (!client) return;
    try {
      offer.value = await client.call('listModules', null);
    } catch (error) {
      notices.fail(error);
    }
  }

  /** Starts over from the state of the engine: its last run may have been of a module. */
  async function load(engine: EngineClient, module: string | undefined): Promise<void> {
    client = engine;
    await list();
    if (module !== undefined && path.value === null && runs.workload === MODULE_WORKLOAD) await inspect(module);
  }

  return { offer, look, path, recent, opened, inspect, refused, open, again, choose, list, load };
});
