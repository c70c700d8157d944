import {
  isPython,
  type BreakEven,
  type Estimate,
  type ExecutorKey,
  type IpcPoint,
  type IpcWay,
  type ResolvedLabSettings,
} from '../../../contract';
import { less, scaled } from './case';

/** How tasks usually reach each kind of worker. */
const USUAL: { executor: ExecutorKey; way: IpcWay; against: BreakEven['against'] }[] = [
  { executor: 'threads', way: 'clone', against: 'inline' },
  { executor: 'processes', way: 'fork-advanced', against: 'inline' },
  { executor: 'python-processes', way: 'python-queue', against: 'inline' },
  { executor: 'python-processes', way: 'python-queue', against: 'python-threads' },
];
const SIZES = [1024, 1_048_576];

/**
 * The length t of a task from which W workers that are handed n of them are faster. Handing one over takes h of the
 * one who hands over, and the tasks run W at a time: n (h + t / W). One worker that does them itself takes n t, the
 * threads of an interpreter with its lock n (g + t), where g is their own hand-over. So t = (h - g) W / (W - 1), with g = 0
 * for one worker. Start-up is left out: it is paid once.
 */
export function breakEvens(points: readonly IpcPoint[], settings: ResolvedLabSettings): BreakEven[] {
  const python = settings.python !== null;
  return USUAL.filter(({ executor }) => python || !isPython(executor)).flatMap((usual) =>
    SIZES.flatMap((bytes) => one(points, settings, usual, bytes)),
  );
}

function one(
  points: readonly IpcPoint[],
  { workers, python }: ResolvedLabSettings,
  { executor, way, against }: (typeof USUAL)[number],
  bytes: number,
): BreakEven[] {
  const trip = (name: IpcWay): Estimate | null => {
    const point = points.find((one) => one.way === name && one.bytes === bytes);
    // A task's argument is bytes of its own, not those that came back with the last.
    return point?.ownRoundTripUs ?? point?.roundTripUs ?? null;
  };
  const base = { executor, way, against, bytes, workers };
  const [own, other] = [trip(way), against === 'inline' ? NOTHING : trip('python-thread-queue')];
  if (own === null || other === null)
    return [{ ...base, taskUs: null, because: 'A figure that this is computed from was not measured.' }];
  if (against === 'python-threads' && python?.lockOn === false) {
    return [
      {
        ...base,
        taskUs: null,
        because:
          'This Python has no interpreter lock: its threads run in parallel too, so task length alone never makes processes pay off.',
      },
    ];
  }
  const price = less(own, other);
  const factor = workers / (workers - 1);
  const taskUs = scaled(price, factor);
  const [value, low, high] = [taskUs.value, taskUs.low, taskUs.high].map((us) => Math.max(0, us)) as [
    number,
    number,
    number,
  ];
  const than =
    against === 'inline'
      ? 'one worker that does the tasks itself'
      : 'threads, of which the lock lets one run at a time';
  return [
    {
      ...base,
      taskUs: { value, low, high },
      because: `${workers} workers run ${workers} tasks at a time, compared with ${than}: hand-over ${against === 'inline' ? '' : 'minus that of threads '}× ${workers} / (${workers} − 1).`,
    },
  ];
}

const NOTHING: Estimate = { value: 0, low: 0, high: 0 };
