import type {
  ErrorInfo,
  ExperimentKind,
  ExperimentProgress,
  MachineInfo,
  Report,
  RunOutcome,
  SettingsOf,
  StateOf,
  WorkloadInfo,
} from '../../../../src/contract';

/** What is not measured here, and what a report of the fake engine has in common with all others. */
interface DrawnEnd {
  id: string;
  outcome: RunOutcome;
  failure: ErrorInfo | null;
  machine: MachineInfo;
  workload: (name: string) => WorkloadInfo | undefined;
}

/** How the fake engine plays an experiment of one kind. */
export interface Drawn<K extends ExperimentKind> {
  begin(settings: SettingsOf<K>, common: ExperimentProgress): StateOf<K>;
  /** How it stands when a share of it (0 to 1) is done. */
  at(state: StateOf<K>, share: number): StateOf<K>;
  report(state: StateOf<K>, end: DrawnEnd): Extract<Report, { kind: K }>;
}
