import type { Component } from 'vue';
import CompareView from './CompareView.vue';
import HistoryView from './HistoryView.vue';
import LabsView from './LabsView.vue';
import LiveView from './LiveView.vue';
import ScaleView from './ScaleView.vue';
import ScorecardView from './ScorecardView.vue';

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
