import { CoreloomError, type EngineEvent, type ErrorInfo, type ExecutorKey, type Proof } from '../../../contract';
import type { Workload } from '../../workload/workload';
import type { Warnings } from './warnings';

/** Of code that is not ours this is told, and not failed: the times that were measured stay true. */
const DIFFERENT_RESULTS: ErrorInfo = {
  code: 'checksum-mismatch',
  message:
    'Tasks gave different results for the same input, so it is not proven that all executors did the same work. If different results are intended, export meta = { deterministic: false } from the module.',
};

/** Whether results of a workload may differ: then that is told where it must be, once a run; `warnings` are those of its report. */
export function tolerated(
  { workload, emit }: { workload: Pick<Workload, 'varies'>; emit(event: EngineEvent): void },
  warnings: Warnings,
): boolean {
  if (workload.varies === 'told' && !warnings.has(DIFFERENT_RESULTS.message)) {
    warnings.add(DIFFERENT_RESULTS.message);
    emit({ type: 'warning', warning: DIFFERENT_RESULTS });
  }
  return workload.varies !== undefined;
}

/** Where a checksum came from, for the sentence that a disagreement needs. */
interface Checked {
  executor: ExecutorKey;
  worker: number;
  input: number;
  checksum: number;
}

/** Proves that every executor did the same work: one input has one checksum, on every executor. */
export interface ChecksumLedger {
  /** Answers the error that fails the run where the checksum is not the one that this input had before. */
  check(result: Checked): CoreloomError | null;
  /** Inputs with the one checksum that all their tasks had, and how many there are that had several. */
  proof(): Required<Proof>;
}

const isChecksum = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= 0xffff_ffff;

export function createChecksumLedger(): ChecksumLedger {
  const first = new Map<number, Checked & { tasks: number; agreed: boolean }>();
  return {
    check(result) {
      if (!isChecksum(result.checksum)) {
        return new CoreloomError(
          'checksum-mismatch',
          `Worker ${result.worker} of ${result.executor} answered ${String(result.checksum)} for input ${result.input}, where a checksum is a whole number of 32 bits.`,
        );
      }
      const known = first.get(result.input);
      if (!known) {
        first.set(result.input, { ...result, tasks: 1, agreed: true });
        return null;
      }
      known.tasks++;
      if (known.checksum === result.checksum) return null;
      known.agreed = false;
      return new CoreloomError(
        'checksum-mismatch',
        `Input ${result.input} gave checksum ${result.checksum} on worker ${result.worker} of ${result.executor}, but ${known.checksum} on worker ${known.worker} of ${known.executor}: they did not do the same work, so the figures of this run are not valid.`,
      );
    },
    proof: () => {
      const agreed = [...first.values()].filter((one) => one.agreed);
      return {
        checksums: agreed
          .sort((a, b) => a.input - b.input)
          .map(({ input, checksum, tasks }) => ({ input, checksum, tasks })),
        differingInputs: first.size - agreed.length,
      };
    },
  };
}
