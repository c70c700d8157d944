import { ref, watch, type Component } from 'vue';
import CompareView from '../compare/CompareView.vue';
import HistoryView from '../history/HistoryView.vue';
import LabsView from '../labs/LabsView.vue';
import LiveView from '../live/LiveView.vue';
import ScaleView from '../scale/ScaleView.vue';
import ScorecardView from '../scorecard/ScorecardView.vue';

export interface View {
  name: string;
  title: string;
  component: Component;
}

/** The tabs, in order. A further view is one line here. */
export const VIEWS: readonly [View, ...View[]] = [
  { name: 'live', title: 'Live', component: LiveView },
  { name: 'compare', title: 'Compare', component: CompareView },
  { name: 'scale', title: 'Scaling', component: ScaleView },
  { name: 'lab', title: 'Labs', component: LabsView },
  { name: 'scorecard', title: 'Scorecard', component: ScorecardView },
  { name: 'history', title: 'History', component: HistoryView },
];

/** The view that is open, by its name in the list; kept in the address so that a reload comes back to it. */
export const currentView = ref(location.hash.slice(1));

watch(currentView, (name) => {
  history.replaceState(history.state, '', `#${name}`);
});
