import { binarySize, IPC_WAY_TITLES, RACE_METHOD_TITLES, type LabReport, type Measured } from '../../../../contract';
import type { Figure } from '../../shared/figure';

/** The figures of a lab: the raw values of its rounds stand behind its medians. */
export function labFigures(report: LabReport): Figure[] {
  const figure = (
    of: string,
    name: string,
    unit: Figure['unit'],
    better: Figure['better'],
    measured: Measured | null,
  ): Figure => ({
    of,
    name,
    unit,
    better,
    value: measured?.value ?? null,
    ...(measured === null ? {} : { raw: measured.values }),
  });
  switch (report.lab) {
    case 'ipc':
      return report.points.flatMap((point) => {
        const title = `${IPC_WAY_TITLES[point.way]}, ${binarySize(point.bytes)} there and back`;
        return [
          figure(point.executor, title, 'us', 'lower', point.roundTripUs),
          figure(point.executor, `${title}, new bytes`, 'us', 'lower', point.ownRoundTripUs),
        ];
      });
    case 'race':
      return report.rows.map((row) =>
        figure(row.executor, `Time of the increments, ${RACE_METHOD_TITLES[row.method]}`, 'ms', 'lower', row.wallMs),
      );
    case 'memory':
      return report.rows.flatMap((row) => [
        figure(row.executor, 'Additional worker, resident', 'bytes', 'lower', row.eachResidentBytes),
        figure(row.executor, 'Additional worker, proportional', 'bytes', 'lower', row.eachProportionalBytes),
      ]);
    case 'startup':
      return report.rows.map((row) =>
        figure(row.executor, `Start-up to the first result, ${row.start}`, 'ms', 'lower', row.totalMs),
      );
  }
}
