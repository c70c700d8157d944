import { shallowRef } from 'vue';
import type { ExecutorKey, ExperimentKind } from '../../../contract';

/** Executors that a view was left with for another one, which takes them as its own choice; null before. */
export const carried = shallowRef<{ to: ExperimentKind; executors: readonly ExecutorKey[] } | null>(null);
