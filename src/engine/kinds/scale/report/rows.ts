import type { Estimate, ScaleCurve, ScalePoint, ScaleReport } from '../../../../contract';
import type { Cell } from '../../../report/reads';

/** Every round of every worker count, as measured. */
export function* scaleRoundRows({ curves }: ScaleReport): Generator<Cell[]> {
  yield [
    'round',
    'executor',
    'workers',
    'place_in_round',
    'tasks_per_s',
    'window_ms',
    'tasks',
    'cores_busy',
    'cores_off_thread',
    'cores_waited_for',
    'deaths',
  ];
  for (const { executor, points } of curves) {
    for (const { workers, rounds: table } of points) {
      for (const [at, round] of table.round.entries()) {
        yield [
          round,
          executor,
          workers,
          table.place[at],
          table.throughput[at],
          table.windowMs[at],
          table.tasks[at],
          table.coresBusy[at],
          table.coresOffThread[at],
          table.coresWaitedFor[at],
          table.deaths[at],
        ];
      }
    }
  }
}

interface Placed {
  curve: ScaleCurve;
  point: ScalePoint;
  at: number;
}

const COLUMNS: [string, (placed: Placed) => Cell][] = [
  ['executor', ({ curve }) => curve.executor],
  ['thread_host', ({ curve }) => curve.threadHost],
  ['workers', ({ point }) => point.workers],
  ['rounds', ({ point }) => point.rounds.round.length],
  ...interval('tasks_per_s', ({ throughput }) => throughput),
  ...interval('speed_up', ({ speedUp }) => speedUp),
  ['efficiency', ({ point }) => point.efficiency],
  ['cores_busy', ({ point }) => point.coresBusy],
  ['cores_off_thread', ({ point }) => point.coresOffThread],
  ['cores_waited_for', ({ point }) => point.coresWaitedFor],
  ['cores_throttled', ({ point }) => point.coresThrottled],
  ['running_p50_ms', ({ point }) => point.running?.p50Ms],
  ['running_p95_ms', ({ point }) => point.running?.p95Ms],
  ['running_p99_ms', ({ point }) => point.running?.p99Ms],
  ['amdahl_residual_per_s', ({ curve, at }) => curve.fits.find(({ law }) => law === 'amdahl')?.residuals[at]],
  ['usl_residual_per_s', ({ curve, at }) => curve.fits.find(({ law }) => law === 'usl')?.residuals[at]],
  ['recommended', ({ curve, point }) => (curve.recommendation?.workers === point.workers ? 1 : 0)],
  ['failure', ({ curve }) => curve.failure?.message],
];

function interval(name: string, pick: (point: ScalePoint) => Estimate | null): [string, (placed: Placed) => Cell][] {
  return [
    [name, ({ point }) => pick(point)?.value],
    [`${name}_low`, ({ point }) => pick(point)?.low],
    [`${name}_high`, ({ point }) => pick(point)?.high],
  ];
}

/** Every worker count of every executor; an empty cell is a value that is not available. */
export function* pointRows({ curves }: ScaleReport): Generator<Cell[]> {
  yield COLUMNS.map(([name]) => name);
  for (const curve of curves) {
    for (const [at, point] of curve.points.entries()) yield COLUMNS.map(([, pick]) => pick({ curve, point, at }));
  }
}
