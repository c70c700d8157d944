import { z } from 'zod';
import type { ScaleReport } from '../../../../contract';
import {
  amount,
  count,
  errorInfo,
  estimate,
  executor,
  finite,
  latency,
  lock,
  roundTable,
  sizeSettings,
  subjectSettings,
  taskCounts,
  text,
  threadHost,
  uint32,
  workers,
  workloadBase,
  type Flat,
  type Same,
} from '../../../report/schema-parts';

const settings = z
  .strictObject({
    workload: text,
    executors: z.array(executor),
    workers: z.array(workers),
    ...sizeSettings,
    rounds: count.nullable(),
    seed: uint32,
    ...subjectSettings,
  })
  .meta({ id: 'ResolvedScaleSettings' });

const rounds = roundTable({
  round: z.array(count),
  place: z.array(count),
  throughput: z.array(amount),
  windowMs: z.array(amount),
  tasks: z.array(count),
  coresBusy: z.array(amount.nullable()),
  coresOffThread: z.array(amount.nullable()),
  coresWaitedFor: z.array(amount.nullable()),
  deaths: z.array(count),
}).meta({ id: 'ScaleRoundTable' });

const point = z
  .strictObject({
    workers,
    throughput: estimate,
    speedUp: estimate.nullable(),
    efficiency: amount.nullable(),
    coresBusy: amount.nullable(),
    coresOffThread: amount.nullable(),
    coresWaitedFor: amount.nullable(),
    // Reports of before it was measured lack it.
    coresThrottled: amount.nullable().default(null),
    running: latency.nullable(),
    rounds,
  })
  .meta({ id: 'ScalePoint' });

const fit = z
  .strictObject({
    law: z.enum(['amdahl', 'usl']),
    contention: estimate,
    coherency: estimate,
    single: estimate,
    resampled: z.enum(['rounds', 'residuals']),
    peak: z.strictObject({ workers: finite, throughput: finite }).nullable(),
    residuals: z.array(finite),
    rSquared: finite.nullable(),
    fits: z.boolean(),
    because: text,
  })
  .meta({ id: 'LawFit' });

const curve = z
  .strictObject({
    executor,
    threadHost: threadHost.nullable(),
    failure: errorInfo.nullable(),
    points: z.array(point),
    fits: z.array(fit),
    crowded: z.boolean(),
    recommendation: z
      .strictObject({ workers, best: workers, share: estimate, rising: z.boolean(), why: text })
      .nullable(),
    counts: taskCounts,
    lock: lock.nullable(),
  })
  .refine(({ points, fits }) => fits.every(({ residuals }) => residuals.length === points.length), {
    error: 'a law has not one residual for each point',
  })
  .meta({ id: 'ScaleCurve' });

/** The shape of a scaling experiment's report. */
export const scaleSchema = z
  .strictObject({
    ...workloadBase,
    kind: z.literal('scale'),
    settings,
    ended: z.enum(['narrow', 'rounds-done', 'round-limit', 'time-limit', 'stopped', 'failed']),
    roundCount: count,
    ceiling: z.strictObject({
      cpus: amount.nullable(),
      marks: z.array(z.strictObject({ workers: amount, what: text })),
      explanation: text,
    }),
    curves: z.array(curve),
  })
  .meta({ id: 'ScaleReport' });
true satisfies Same<Flat<z.infer<typeof scaleSchema>>, Flat<ScaleReport>>;
