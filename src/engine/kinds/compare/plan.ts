import { isExecutorKey, languageFacts, languageOf, type ExecutorKey } from '../../../contract';
import type { Planner } from '../kind';
import { planRounds } from '../shared/rounds-plan';
import { startComparison } from './compare-run';
import { mayShorten, resolveCompareSettings } from './settings';

/** Starts a comparison. Errors: `bad-input`, `unknown-workload`, `not-available`, and those of a module. */
export const planCompare: Planner<'compare'> = (settings, kit) =>
  planRounds(settings, kit, {
    resolve: resolveCompareSettings,
    needs: ({ executors }) => [...executors, ...startersOf(executors)],
    start: (planned) => startComparison({ ...planned, mayShorten: mayShorten(settings) }),
  });

/** Those that start the baselines of their languages. */
function startersOf(taking: readonly ExecutorKey[]): ExecutorKey[] {
  return taking
    .map((name) => languageFacts(languageOf(name)))
    .flatMap(({ baseline, startedBy }) => (isExecutorKey(baseline) ? [] : [startedBy]));
}
