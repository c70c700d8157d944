import { scaleSettingsSchema } from '../../../contract/schemas';
import type { Kind } from '../kind';
import { ranges } from '../../report/words';
import { fitReport } from './build-report';
import { planScale } from './plan';
import { scaleReads } from './report';
import { scaleFigures } from './report/figures';

/** Scaling: throughput over the number of workers, and how many are enough. */
export const scale: Kind<'scale'> = {
  name: 'scale',
  settings: scaleSettingsSchema,
  plan: planScale,
  reads: scaleReads,
  figures: scaleFigures,
  workers: ({ settings }) => ranges(settings.workers),
  complete: fitReport,
};
