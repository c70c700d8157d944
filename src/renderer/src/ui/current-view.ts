import { ref, watch } from 'vue';
import type { ExperimentKind } from '../../../contract';

/** The view that is open, by its name in the list; kept in the address so that a reload comes back to it. */
export const currentView = ref(location.hash.slice(1));

watch(currentView, (name) => {
  history.replaceState(history.state, '', `#${name}`);
});

/** Brings the view of a kind forward. */
export function openView(kind: ExperimentKind): void {
  currentView.value = kind;
}
