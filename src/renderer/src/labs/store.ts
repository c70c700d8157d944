import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import { LABS, type LabName, type LabReport } from '../../../contract';
import { useExperiment } from '../stores/experiment';
import { useRun } from '../stores/run';

export type LabReportOf<L extends LabName> = Extract<LabReport, { lab: L }>;

/** The settings of the Labs view, and the last report of every lab. */
export const useLab = defineStore('lab', () => {
  const experiments = useExperiment();
  const runs = useRun();
  const chosen = ref<LabName>(LABS[0]);
  const quick = ref(true);
  const reports = shallowRef<Partial<Record<LabName, LabReport>>>({});

  /** The state of the chosen lab: another one may be on. */
  const state = computed(() => {
    const last = experiments.stateOf('lab');
    return last?.lab === chosen.value ? last : null;
  });
  const on = computed(() => experiments.active?.kind === 'lab');
  function reportOf<L extends LabName>(lab: L): LabReportOf<L> | null {
    const report = reports.value[lab];
    const outdated = experiments.active?.kind === 'lab' && experiments.active.lab === lab;
    return report && !outdated ? (report as LabReportOf<L>) : null;
  }

  async function start(): Promise<void> {
    const { python } = runs.choices;
    await experiments.start('lab', () => ({
      kind: 'lab',
      lab: chosen.value,
      quick: quick.value,
      ...(python === null ? {} : { python: { ...python } }),
    }));
  }
  /** Shows the last saved report of the chosen lab where this page knows of none. */
  async function recall(): Promise<void> {
    const lab = chosen.value;
    if (reports.value[lab]) return;
    const report = await experiments.lastSaved({ kind: 'lab', search: lab });
    if (report?.kind === 'lab' && report.lab === lab && !reports.value[lab]) keep(report);
  }
  function keep(report: LabReport): void {
    reports.value = { ...reports.value, [report.lab]: report };
  }

  watch(
    () => experiments.reportOf('lab'),
    (report) => {
      if (report) keep(report);
    },
    { immediate: true },
  );
  /** One that was started elsewhere, or before a reload, is shown with its own settings. */
  watch(
    () => experiments.stateOf('lab')?.id,
    () => {
      const last = experiments.stateOf('lab');
      if (!last) return;
      chosen.value = last.lab;
      quick.value = last.settings.quick;
    },
    { immediate: true },
  );

  return { chosen, quick, state, on, reports, reportOf, start, recall };
});
