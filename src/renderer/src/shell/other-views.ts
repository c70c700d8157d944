// All views but the first, in one file of the built page: split further, they would be compressed worse.
export { default as compare } from '../compare/CompareView.vue';
export { default as history } from '../history/HistoryView.vue';
export { default as lab } from '../labs/LabsView.vue';
export { default as scale } from '../scale/ScaleView.vue';
export { default as scorecard } from '../scorecard/ScorecardView.vue';
