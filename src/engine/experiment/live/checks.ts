import { CoreloomError, type ExecutorName, type Report } from '../../../contract';

/** Where a checksum came from, for the sentence that a disagreement needs. */
export interface Checked {
  executor: ExecutorName;
  worker: number;
  input: number;
  checksum: number;
}

/** Proves that every executor did the same work: one input has one checksum, whoever ran it. */
export interface ChecksumLedger {
  /** Answers the error that fails the run where the checksum is not the one that this input had before. */
  check(result: Checked): CoreloomError | null;
  entries(): Report['checksums'];
}

const isChecksum = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= 0xffff_ffff;

export function createChecksumLedger(): ChecksumLedger {
  const first = new Map<number, Checked & { tasks: number }>();
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
        first.set(result.input, { ...result, tasks: 1 });
        return null;
      }
      known.tasks++;
      if (known.checksum === result.checksum) return null;
      return new CoreloomError(
        'checksum-mismatch',
        `Input ${result.input} gave checksum ${result.checksum} on worker ${result.worker} of ${result.executor}, but ${known.checksum} on worker ${known.worker} of ${known.executor}: they did not do the same work, so no figure of this run can be trusted.`,
      );
    },
    entries: () => [...first.values()].sort((a, b) => a.input - b.input).map(({ input, checksum, tasks }) => ({ input, checksum, tasks })),
  };
}
