import { defineStore } from 'pinia';
import { shallowRef, watch } from 'vue';
import { USUAL_APP_SETTINGS, type AppSettings, type AppSettingsChange, type EngineClient } from '../../../contract';
import { useNotices } from './notices';
import { useSamples } from './samples';

/** The settings of the app, as its host keeps them. */
export const useAppSettings = defineStore('app-settings', () => {
  const notices = useNotices();
  const samples = useSamples();
  const values = shallowRef<AppSettings>(USUAL_APP_SETTINGS);
  /** The data folder; empty before it is known. */
  const folder = shallowRef('');
  let client: EngineClient | null = null;
  let told: string | null = null;

  /** Takes those of the host; also what another page changed. */
  function take(settings: AppSettings): void {
    values.value = settings;
    samples.source = settings.coreSource;
  }
  /** Changes some of them at once; what the host cannot keep is said, and holds until the window is closed. */
  async function change(wanted: AppSettingsChange): Promise<void> {
    take({ ...values.value, ...wanted });
    try {
      await client?.call('changeAppSettings', wanted);
    } catch (error) {
      notices.fail(error);
    }
  }
  // The switch on the card of the cores is the same choice.
  watch(
    () => samples.source,
    (coreSource) => {
      if (coreSource !== values.value.coreSource) void change({ coreSource });
    },
  );

  /** Takes up the engine, also after a lost connection. */
  async function load(engine: EngineClient): Promise<void> {
    client = engine;
    const kept = await engine.call('getAppSettings', null);
    folder.value = kept.folder;
    take(kept.values);
    if (kept.fault !== null && kept.fault !== told) notices.show('warning', kept.fault);
    told = kept.fault;
  }

  return { values, folder, take, change, load };
});
