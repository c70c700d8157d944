import type { CompareReport, CompareState, EngineEvent, MachineInfo, ResolvedCompareSettings } from '../../../contract';
import type { Sampler } from '../../metrics/types';
import type { PrepareRequest, Workload } from '../../workload/workload';
import type { NodeExecutor } from '../live/meter';

/** Limits of rounds that go on until they are stable. */
export interface CompareLimits {
  rounds: number;
  measuringMs: number;
}

/** What a comparison is made of. */
export interface CompareOptions {
  id: string;
  workload: Workload;
  settings: ResolvedCompareSettings;
  /** Those that the settings name, and Python's threads where its baseline is wanted. */
  executors: readonly NodeExecutor[];
  sampler: Sampler;
  machine: MachineInfo;
  createdBy: CompareReport['createdBy'];
  emit(event: EngineEvent): void;
  entries: PrepareRequest['entries'];
  limits?: CompareLimits;
}

/** A comparison that is on, or that has ended. */
export interface Comparison {
  readonly id: string;
  state(): CompareState;
  /** Asks for the end; what was measured is kept. */
  stop(): void;
  /** Resolves with the report, which is made whatever happens. */
  readonly ended: Promise<CompareReport>;
}
