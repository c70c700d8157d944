import type { AppSettings, AppSettingsChange, EngineEvent, KeptAppSettings } from '../contract';
import type { Sampler } from './metrics/types';
import type { AppSettingsFile } from './store';

/** The settings of the app, and what of an engine follows them. */
export interface AppSettingsKeeper {
  /** Reads them again, since another host may have changed them. */
  read(): Promise<KeptAppSettings>;
  change(change: AppSettingsChange): Promise<AppSettings>;
}

/** Reads them at once, and warns if they cannot be read. */
export function createAppSettings(
  { file, sampler }: { file: AppSettingsFile; sampler: Pick<Sampler, 'setRate'> },
  emit: (event: EngineEvent) => void,
): AppSettingsKeeper {
  const follow = ({ sampleHz }: AppSettings): void => {
    sampler.setRate(sampleHz);
  };
  const read = async (): Promise<KeptAppSettings> => {
    const kept = await file.read();
    follow(kept.values);
    return kept;
  };
  void read().then(({ fault }) => {
    if (fault !== null) emit({ type: 'warning', warning: { code: 'not-available', message: fault } });
  });
  return {
    read,
    async change(change) {
      const settings = await file.change(change);
      follow(settings);
      emit({ type: 'app-settings-changed', settings });
      return settings;
    },
  };
}
