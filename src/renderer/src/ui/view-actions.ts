import { onBeforeUnmount, onMounted, ref, shallowRef } from 'vue';
import type { ExecutorKey } from '../../../contract';

/** What keys do in the view that is open; a view that has none of it offers nothing. */
export interface ViewActions {
  /** What Space does; a view that runs nothing has none of it. */
  startOrStop?(): void;
  /** Whether there is a report that the export menu could keep. */
  exportable(): boolean;
  /** One worker fewer or more. */
  nudge?(executor: ExecutorKey, by: 1 | -1): void;
}

/** Of the view that is open; null where it has none. */
export const viewActions = shallowRef<ViewActions | null>(null);

/** Whether the export menu of the open view is open. */
export const exportOpen = ref(false);

/** Gives the keys to the calling view while it lives. */
export function useViewActions(actions: ViewActions): void {
  onMounted(() => {
    viewActions.value = actions;
  });
  onBeforeUnmount(() => {
    if (viewActions.value === actions) viewActions.value = null;
  });
}
