import { number } from '../../../contract';
import type { Planned } from '../kind';
import { planLab } from './plan';
import { labReads } from './report';
import { labFigures } from './report/figures';

/** The labs: one mechanism alone. */
export const lab: Planned<'lab'> = {
  name: 'lab',
  plan: planLab,
  reads: labReads,
  figures: labFigures,
  workers: ({ settings }) => number(settings.workers),
};
