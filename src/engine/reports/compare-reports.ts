import type { ComparedFigure, Report, ReportComparison, SavedReport } from '../../contract';
import { changeOf } from './change';
import type { Figure } from '../kinds/shared/figure';
import { kindOf } from '../kinds/kind-of';
import { unlikeness } from './unlike';

/** Sets reports side by side, each against the first: every figure that one of them has, and in what they are unlike. Pure. */
export function compareReports(reports: readonly { saved: SavedReport; report: Report }[]): ReportComparison {
  const [first] = reports;
  if (first === undefined) return { reports: [], flags: [], figures: [] };
  return {
    reports: reports.map(({ saved, report }) => ({ ...saved, machine: report.machine })),
    flags: reports.flatMap(({ report }, at) =>
      at === 0 ? [] : unlikeness(report, first.report).map((unlike) => ({ report: at, ...unlike })),
    ),
    figures: sideBySide(reports.map(({ report }) => kindOf(report).figures(report))),
  };
}

function sideBySide(all: readonly Figure[][]): ComparedFigure[] {
  const keyOf = ({ of, name }: Figure): string => `${of}\n${name}`;
  const columns = all.map((figures) => new Map(figures.map((figure) => [keyOf(figure), figure])));
  // In the order of the reports; what only a later one has comes after the rest of its owner's.
  const keys = new Map<string, Figure>();
  for (const figure of all.flat()) if (!keys.has(keyOf(figure))) keys.set(keyOf(figure), figure);
  const owners = [...new Set([...keys.values()].map(({ of }) => of))];
  const ordered = [...keys.values()].sort((a, b) => owners.indexOf(a.of) - owners.indexOf(b.of));
  return ordered
    .map((figure): ComparedFigure => {
      const row = columns.map((column) => column.get(keyOf(figure)) ?? null);
      const first = row[0] ?? null;
      const { of, name, unit, better } = figure;
      return {
        of,
        name,
        unit,
        better,
        values: row.map((one) => one?.value ?? null),
        changes: row.map((one, at) => (at === 0 || one === null || first === null ? null : changeOf(one, first))),
      };
    })
    .filter(({ values }) => values.some((value) => value !== null));
}
