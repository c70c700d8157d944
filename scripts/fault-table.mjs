// The fault table (tests/faults/), from what vitest reports of its rows; pure, so that it can be tested.

/** The rows of vitest's JSON report of a run, in the order of their areas. */
export function rowsOf({ testResults }) {
  return sorted(
    testResults.flatMap(({ assertionResults }) =>
      assertionResults.map(({ ancestorTitles, title, status }) => rowOf(ancestorTitles.at(-1) ?? '', title, status)),
    ),
  );
}

/** The rows that the files of the table promise (tests/faults/fault.ts), in the same order; whether they hold is not known. */
export function promisedRows(faults) {
  return sorted(
    faults.map(({ area, fault, promise, notHere = null }) => ({ area, fault, promise, notHere, held: false })),
  );
}

function rowOf(area, title, status) {
  const [fault, rest] = title.split(' → ');
  const [, promise, notHere = null] = /^(.*?)(?: \(not tried here: (.*)\))?$/s.exec(rest);
  return { area, fault, promise, notHere, held: status === 'passed' };
}

const sorted = (rows) =>
  rows.sort((a, b) => compare(a.area, b.area) || compare(a.fault, b.fault) || compare(a.promise, b.promise));
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** The table for a terminal: each row with whether it held. */
export function terminalTable(rows) {
  const mark = ({ held, notHere }) => (held ? 'held     ' : notHere === null ? 'BROKEN   ' : 'not tried');
  return byArea(
    rows,
    (area) => `\n${area}`,
    (row) => `  ${mark(row)} ${row.fault} → ${row.promise}${row.notHere === null ? '' : ` (${row.notHere})`}`,
  );
}

/** The table for docs/reliability.md: what is promised, the same on every machine. */
export function markdownTable(rows) {
  return byArea(
    rows,
    (area) => `\n### ${area}\n\n| Fault | What is promised |\n|---|---|`,
    ({ fault, promise }) => `| ${cell(fault)} | ${cell(promise)} |`,
  ).trim();
}

/** A document with the table between its two marks. */
export function withTable(document, rows) {
  return document.replace(
    /(<!-- faults -->\n)[\s\S]*(\n<!-- end of faults -->)/,
    (_, before, after) => `${before}\n${markdownTable(rows)}\n${after}`,
  );
}

function byArea(rows, head, line) {
  return [...new Set(rows.map(({ area }) => area))]
    .flatMap((area) => [head(area), ...rows.filter((row) => row.area === area).map(line)])
    .join('\n');
}

const cell = (text) => text.replaceAll('|', '\\|');
