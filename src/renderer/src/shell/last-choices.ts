import { onBeforeUnmount, watch } from 'vue';
import { MODULE_WORKLOAD, type LastChoices } from '../../../contract';
import { useAppSettings } from '../stores/app-settings';
import { useEngine } from '../stores/engine-state';
import { useRun } from '../stores/run';
import { currentView } from '../ui/current-view';
import { VIEWS } from './views';

/** A slider that is dragged is kept once. */
const SETTLE_MS = 1000;

/** Keeps what is chosen in the window for its next start, and opens the view that was open, while the calling component lives. */
export function useLastChoices(): void {
  const [engine, runs, settings] = [useEngine(), useRun(), useAppSettings()];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let kept = '';

  const chosen = (): LastChoices => {
    const { taskMs, sizes, workloadSettings, durationMs, tasks } = runs.choices;
    // Whether a file of the user's may run is asked each time.
    const workload = runs.workload === MODULE_WORKLOAD ? (settings.values.last?.workload ?? '') : runs.workload;
    const view = VIEWS.some(({ name }) => name === currentView.value) ? currentView.value : '';
    return { view, workload, workers: runs.desired, taskMs, sizes, workloadSettings, durationMs, tasks };
  };
  function keep(): void {
    clearTimeout(timer);
    if (engine.facts === null || JSON.stringify(chosen()) === kept) return;
    kept = JSON.stringify(chosen());
    void settings.change({ last: JSON.parse(kept) as LastChoices });
  }
  watch(
    () => engine.facts !== null,
    () => {
      if (currentView.value === '') currentView.value = settings.values.last?.view ?? '';
      kept = JSON.stringify(chosen());
    },
  );
  watch(
    chosen,
    () => {
      clearTimeout(timer);
      timer = setTimeout(keep, SETTLE_MS);
    },
    { deep: true },
  );
  // What is still waiting is kept where the page goes.
  addEventListener('pagehide', keep);
  onBeforeUnmount(() => {
    removeEventListener('pagehide', keep);
    clearTimeout(timer);
  });
}
