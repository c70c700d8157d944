import { defineAsyncComponent, type Component } from 'vue';
import { EXPERIMENT_KINDS, kindFacts, type ExperimentKind } from '../../../contract';
import AnswerView from '../answer/AnswerView.vue';
import LiveView from '../live/LiveView.vue';
import { currentView } from '../ui/current-view';
import type * as others from './other-views';

export interface View {
  name: string;
  title: string;
  component: Component;
}

/** Views but the first are read after the first picture, which does not wait for them. */
const other = (name: keyof typeof others): Component =>
  defineAsyncComponent(async () => (await import('./other-views'))[name]);

const COMPONENTS: Record<ExperimentKind, Component> = {
  answer: AnswerView,
  live: LiveView,
  compare: other('compare'),
  scale: other('scale'),
  lab: other('lab'),
  scorecard: other('scorecard'),
};
const [FIRST, ...OTHERS] = EXPERIMENT_KINDS;
const HISTORY: View = { name: 'history', title: 'History', component: other('history') };

/** The tabs, in order: one for each kind of experiment, and the history of all. */
export const VIEWS: readonly [View, ...View[]] = [viewOf(FIRST), ...OTHERS.map(viewOf), HISTORY];

function viewOf(kind: ExperimentKind): View {
  return { name: kind, title: kindFacts(kind).view, component: COMPONENTS[kind] };
}

/** Views of experiments whose work is chosen in them. */
const CHOOSES: readonly ExperimentKind[] = ['answer', 'live', 'compare', 'scale'];

/** Brings a view forward where a file of the user's that was just opened is seen; that which is open, if it is one. */
export function showChosen(): void {
  if (!CHOOSES.some((kind) => kind === currentView.value)) currentView.value = VIEWS[0].name;
}
