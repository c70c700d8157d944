import { offThreadCores, type CompareReport } from '../../../../contract';
import { impossibleIn, type Busy, type Impossible } from '../../../report/possible';

/** Every value of a comparison's report that cannot be. */
export function impossibleInCompare(report: CompareReport): Impossible[] {
  return impossibleIn(report, busyOf(report));
}

function busyOf(report: CompareReport): Busy[] {
  return report.contenders.flatMap(({ workers, rounds, coresBusy, makespanMs, ...used }, at) => {
    const path = ['contenders', at];
    const whole = {
      path: [...path, 'coresBusy'],
      workers,
      offThread: offThreadCores({ ...used, coresBusy }),
      spanMs: makespanMs?.value ?? rounds.makespanMs[0] ?? 0,
      coresBusy,
    };
    const each = rounds.cpuMs.map((cpuMs, round): Busy => {
      const spanMs = rounds.makespanMs[round] ?? 0;
      return {
        path: [...path, 'rounds', 'cpuMs', round],
        workers,
        offThread: 0,
        spanMs,
        coresBusy: cpuMs === null ? null : cpuMs / spanMs,
      };
    });
    return [whole, ...each];
  });
}
