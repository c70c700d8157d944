import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { EngineClient, LiveReport } from '../../../contract';
import { useNotices } from './notices';
import { useRun } from './run';

/** Of a report what a page shows of the whole run; its samples and tasks are many. */
export type WholeRun = Pick<LiveReport, 'id' | 'settings' | 'elapsedMs' | 'totals' | 'executors' | 'resizes'>;

/** The report of the run that has ended: from then on figures are of all of it, and those that the report has. */
export const useRunReport = defineStore('run-report', () => {
  const notices = useNotices();
  const runs = useRun();
  const client = shallowRef<EngineClient | null>(null);
  const newest = shallowRef<WholeRun | null>(null);

  const wanted = computed(() => (runs.run?.phase === 'ended' ? runs.run.reportId : null));
  /** Null while a run is on, and until it is there. */
  const whole = computed(() => (newest.value !== null && newest.value.id === wanted.value ? newest.value : null));

  watch([client, wanted], async ([engine, id]) => {
    if (engine === null || id === null || newest.value?.id === id) return;
    try {
      const report = await engine.call('getReport', { id });
      if (report.kind !== 'live' || id !== wanted.value) return;
      const { settings, elapsedMs, totals, executors, resizes } = report;
      newest.value = { id, settings, elapsedMs, totals, executors, resizes };
    } catch (error) {
      notices.fail(error);
    }
  });

  return {
    whole,
    load: (engine: EngineClient) => {
      client.value = engine;
    },
  };
});
