import { number } from '../../../contract';
import type { Kind } from '../kind';
import { planLab } from './plan';
import { labReads } from './report';
import { labFigures } from './report/figures';
import { labSettings } from './settings-schema';

/** The labs: one mechanism alone. */
export const lab: Kind<'lab'> = {
  name: 'lab',
  settings: labSettings,
  plan: planLab,
  reads: labReads,
  figures: labFigures,
  workers: ({ settings }) => number(settings.workers),
};
