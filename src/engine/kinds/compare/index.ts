import { number } from '../../../contract';
import { compareSettingsSchema } from '../../../contract/schemas';
import type { Kind } from '../kind';
import { judgedReport } from './build-report';
import { planCompare } from './plan';
import { compareReads } from './report';
import { compareFigures } from './report/figures';

/** The comparison: one list of tasks on several executors, in rounds of shuffled order. */
export const compare: Kind<'compare'> = {
  name: 'compare',
  settings: compareSettingsSchema,
  plan: planCompare,
  reads: compareReads,
  figures: compareFigures,
  workers: ({ settings }) => number(settings.workers),
  complete: judgedReport,
};
