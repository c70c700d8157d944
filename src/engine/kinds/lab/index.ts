import { number } from '../../../contract';
import { labSettingsSchema } from '../../../contract/schemas';
import type { Kind } from '../kind';
import { planLab } from './plan';
import { labReads } from './report';
import { labFigures } from './report/figures';

/** The labs: one mechanism alone. */
export const lab: Kind<'lab'> = {
  name: 'lab',
  settings: labSettingsSchema,
  plan: planLab,
  reads: labReads,
  figures: labFigures,
  workers: ({ settings }) => number(settings.workers),
};
