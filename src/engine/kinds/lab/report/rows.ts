import type { LabReport, Measured } from '../../../../contract';
import type { Cell } from '../../../report/reads';

/** What a lab measured, one line a figure: which case, which figure, and all of its values. */
interface Line {
  executor: string;
  what: string;
  bytes: number | null;
  figure: string;
  measured: Measured | null;
  reason: string | null;
}

function lines(report: LabReport): Line[] {
  switch (report.lab) {
    case 'ipc':
      return report.points.flatMap(({ executor, way, bytes, reason, roundTripUs, ownRoundTripUs, bytesPerSecond }) => [
        { executor, what: way, bytes, figure: 'round_trip_us', measured: roundTripUs, reason },
        { executor, what: way, bytes, figure: 'own_round_trip_us', measured: ownRoundTripUs, reason },
        { executor, what: way, bytes, figure: 'bytes_per_s', measured: bytesPerSecond, reason },
      ]);
    case 'race':
      return report.rows.flatMap(({ executor, method, lostShare, wallMs, reason }) => [
        { executor, what: method, bytes: null, figure: 'lost_share', measured: lostShare, reason },
        { executor, what: method, bytes: null, figure: 'wall_ms', measured: wallMs, reason },
      ]);
    case 'memory':
      return [
        ...report.rows.flatMap(({ executor, reason, ...row }) => [
          {
            executor,
            what: 'further worker',
            bytes: null,
            figure: 'resident_bytes',
            measured: row.eachResidentBytes,
            reason,
          },
          {
            executor,
            what: 'further worker',
            bytes: null,
            figure: 'proportional_bytes',
            measured: row.eachProportionalBytes,
            reason,
          },
          {
            executor,
            what: 'further worker',
            bytes: null,
            figure: 'private_bytes',
            measured: row.eachPrivateBytes,
            reason,
          },
        ]),
        ...report.visibility.map(({ executor, what, delayUs, seen, reason }) => ({
          executor,
          what,
          bytes: null,
          figure: seen === false ? 'never_seen' : 'seen_after_us',
          measured: delayUs,
          reason,
        })),
      ];
    case 'startup':
      return report.rows.flatMap(({ executor, start, reason, ...row }) => [
        { executor, what: start, bytes: null, figure: 'ready_ms', measured: row.readyMs, reason },
        { executor, what: start, bytes: null, figure: 'first_result_ms', measured: row.firstResultMs, reason },
        { executor, what: start, bytes: null, figure: 'total_ms', measured: row.totalMs, reason },
      ]);
  }
}

/** Every value of a lab, as it was measured. */
export function* labValueRows(report: LabReport): Generator<Cell[]> {
  yield ['executor', 'what', 'bytes', 'figure', 'number', 'value'];
  for (const { executor, what, bytes, figure, measured } of lines(report)) {
    for (const [at, value] of (measured?.values ?? []).entries()) yield [executor, what, bytes, figure, at, value];
  }
}

/** Every figure of a lab with its interval, or why there is none. */
export function* labFigureRows(report: LabReport): Generator<Cell[]> {
  yield ['executor', 'what', 'bytes', 'figure', 'median', 'low_95', 'high_95', 'values', 'reason'];
  for (const { executor, what, bytes, figure, measured, reason } of lines(report)) {
    yield [
      executor,
      what,
      bytes,
      figure,
      measured?.value,
      measured?.low,
      measured?.high,
      measured?.values.length ?? 0,
      reason,
    ];
  }
}
