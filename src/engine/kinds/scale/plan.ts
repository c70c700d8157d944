import type { Planner } from '../kind';
import { planRounds } from '../shared/rounds-plan';
import { startScaling } from './scale-run';
import { resolveScaleSettings } from './settings';

/** Starts a scaling experiment. Errors: `bad-input`, `unknown-workload`, `not-available`, and those of a module. */
export const planScale: Planner<'scale'> = (settings, kit) =>
  planRounds(settings, kit, {
    resolve: resolveScaleSettings,
    needs: ({ executors }) => executors,
    start: startScaling,
  });
