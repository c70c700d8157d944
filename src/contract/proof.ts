import type { Proof, WorkloadReportBase } from './schemas';
import { number, plural } from './figures';
import { capital } from './words';

const inputs = (value: number): string => plural(value, 'distinct input');

/** What a report's checksums prove, as a clause; claims an agreement only where tasks of one input were held against each other. */
export function proofWords({
  checksums,
  differingInputs = 0,
  failure,
}: Proof & Pick<WorkloadReportBase, 'failure'>): string {
  const tasks = checksums.reduce((sum, one) => sum + one.tasks, 0);
  if (failure?.code === 'checksum-mismatch')
    return 'NOT all agree: the same work was not done, so the figures cannot be compared';
  if (differingInputs > 0) {
    return `results differed for ${number(differingInputs)} of ${inputs(checksums.length + differingInputs)}, so nothing proves that the same work was done`;
  }
  if (tasks === 0) return 'none that could be compared with each other';
  if (tasks === checksums.length) return `${number(tasks)} of ${inputs(tasks)}, so none could be compared`;
  return `${number(tasks)} tasks of ${inputs(checksums.length)}, all agree`;
}

/** The same as a sentence above a list of inputs with their checksums. */
export function proofSentence(report: Proof & Pick<WorkloadReportBase, 'failure'>): string {
  if (report.failure?.code === 'checksum-mismatch')
    return 'The run failed because tasks with the same input returned different checksums. The inputs listed here had matching checksums.';
  const words = proofWords(report);
  return `${capital(words)}.${(report.differingInputs ?? 0) > 0 ? ' Each input listed here had one checksum.' : ''}`;
}
