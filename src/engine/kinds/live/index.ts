import { liveSettingsSchema } from '../../../contract/schemas';
import type { Kind } from '../kind';
import { workersThroughout } from '../../report/words';
import { planLive } from './plan';
import { liveReads } from './report';
import { liveFigures } from './report/figures';

/** The live run: tasks are fed as fast as workers take them, and worker counts change while it is on. */
export const live: Kind<'live'> = {
  name: 'live',
  settings: liveSettingsSchema,
  plan: planLive,
  reads: liveReads,
  figures: liveFigures,
  workers: workersThroughout,
};
