import { SAMPLE_RATES } from './names';
import type { AppSettings } from './schemas';

/** The settings of the app where nothing was chosen. */
export const USUAL_APP_SETTINGS: AppSettings = {
  theme: 'system',
  sampleHz: SAMPLE_RATES[0],
  workers: {},
  coreSource: 'both',
  notify: true,
  last: null,
};

/** The settings of the app as a host keeps them, for every way in that shares its data folder. */
export interface KeptAppSettings {
  values: AppSettings;
  /** The data folder, which they and the reports are in. */
  folder: string;
  /** Why the usual ones stand in for those that were kept: one sentence; null where that is not so. */
  fault: string | null;
}
