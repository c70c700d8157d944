import { z } from 'zod';
import { amount, count, lockKind } from './parts';

const lockShare = z.number().min(0).max(1).nullable();

const probe = z.strictObject({
  looks: count.describe('How often it was looked at.'),
  meanWaitMs: amount.nullable().describe('How long a look waited when the lock was held, mean, ms.'),
  cpuShare: amount.describe('CPU time of looking, as a share of one core.'),
});

const lockWorker = z.strictObject({
  worker: count.describe('The worker’s number.'),
  onCpuShare: lockShare.describe('Of the time in which it had a task, that spent on a CPU.'),
  waitingShare: lockShare.describe('Of its time, that spent waiting for the lock: an estimate.'),
});

const lockProgress = z
  .strictObject({
    lock: lockKind.describe(
      '`shared`: one lock for all workers; `own`: each worker has one to itself; `off`: there is none.',
    ),
    coresBusy: amount
      .nullable()
      .describe('CPU time of the interpreter (of the tasks, where workers are processes) ÷ wall time.'),
    onCpuShare: lockShare.describe(
      'Of the time in which workers had a task, that spent on a CPU; the rest they had work and were not on one.',
    ),
    waitingShare: lockShare.describe('Of the workers’ time, that spent waiting for the lock: an estimate.'),
    waitingFrom: z
      .enum(['seen', 'at-most', 'none'])
      .describe(
        'Where waitingShare is from. `seen`: workers were looked at; `at-most`: an upper bound, from the lock alone; `none`: nobody can wait.',
      ),
    heldShare: lockShare.describe('Looks at the lock that found it held.'),
    probe: probe.nullable().describe('What looking was; null where nobody looked.'),
    releasesLock: z
      .boolean()
      .nullable()
      .describe('Whether the workload lets others compute while it works; null where that was not shown.'),
    workers: z.array(lockWorker).describe('The same of each worker.'),
  })
  .meta({
    id: 'LockProgress',
    description:
      'The interpreter lock of a Python executor over the run. Shares are 0 to 1; null means "not available here" or too little seen to say.',
  });
export interface LockProgress extends z.infer<typeof lockProgress> {}
export const lockProgressSchema: z.ZodType<LockProgress> = lockProgress;
