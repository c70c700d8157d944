import { number } from '../../../contract';
import type { Planned } from '../kind';
import { planLab } from './plan';
import { labReads } from './report';
import { labFigures } from './report/figures';
import { labSettings } from './settings-schema';

/** The labs: one mechanism alone. */
export const lab: Planned<'lab'> = {
  name: 'lab',
  settings: labSettings,
  plan: planLab,
  reads: labReads,
  figures: labFigures,
  workers: ({ settings }) => number(settings.workers),
};
