import type { Report } from '../../../contract';
import type { ReadableReport } from '../reads';
import type { ReportTable } from '../tables';
import { outcomeTitle, reportView, unsaidFailure } from '../view';
import { OUTCOME_WORDS } from '../words';
import { Markup, markup } from './markup';
import { MARK, MARK_ADDRESS } from './mark';
import { STYLE } from './style';

/** Nothing runs and nothing is fetched: said to the browser too, for wherever the page is kept. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** One self-contained page: no script, nothing from outside; dark and light, on a phone, on paper, read aloud. */
export function reportPage(readable: ReadableReport): string {
  const { report, reads } = readable;
  const { who, keys, main, setup, lists } = reportView(readable);
  const subject = reads.subject(report).title;
  const title = `${subject}: ${who}`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Coreloom ${report.createdBy.coreloom}">
<title>${title} · Coreloom report</title>
<link rel="icon" href="${MARK_ADDRESS}">
<style>${new Markup(STYLE)}</style>
</head>
<body>
${banner(report, subject, who)}
<main>
${notices(report)}
<section aria-label="Key numbers"><dl class="keys">${keys.map(({ label, value, note }) => markup`<div><dt>${label}</dt><dd><b class="${value.length > 12 ? 'long' : ''}">${value}</b><span class="dim">${note}</span></dd></div>`)}</dl></section>
${reads.pictures(report).map((picture) => markup`${picture}\n`)}${main.map((table) => tableCard(table, 'compare'))}
${lists.map((table) => foldedCard(table))}
<div class="pair">${setup.map((table) => tableCard(table, 'facts'))}</div>
</main>
<footer><p>Report ${report.id} · schema version ${report.schemaVersion} · Coreloom ${report.createdBy.coreloom}. “Not available here” means that this system does not provide the value; it never means 0.</p></footer>
</body>
</html>
`.text;
}

function banner(report: Report, subject: string, who: string): Markup {
  const { machine, outcome, startedAt } = report;
  return markup`<header class="banner"><p class="brand">${MARK}Coreloom</p>
<div><h1>${subject} <span class="dim">on</span> ${who}</h1>
<p class="dim"><span class="outcome ${outcome}">${OUTCOME_WORDS[outcome]}</span> <time datetime="${startedAt}">${moment(startedAt)}</time> · ${machine.cpuModel} · ${String(machine.hardwareThreads)} cores · ${machine.os}</p></div></header>`;
}

function notices(report: Report): Markup {
  const failure = unsaidFailure(report);
  return markup`<p class="finding">${report.finding}</p>
${failure === null ? null : markup`<p class="notice bad"><b>${outcomeTitle(report)}:</b> ${failure}</p>`}
${report.warnings.map((warning) => markup`<p class="notice"><b>Warning:</b> ${warning}</p>`)}`;
}

/** Wall time as UTC, so that two readers see the same. */
function moment(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function tableCard(table: ReportTable, kind: 'compare' | 'facts'): Markup | null {
  // Nothing stands beside the names: no executor took part.
  if (table.rows.every((row) => row.length < 2)) return null;
  return markup`<section class="card ${kind} ${table.head.length > 6 ? 'wide' : ''}"><header><h2>${table.title}</h2>${note(table)}</header>${tableOf(table)}</section>`;
}

/** Long lists stay folded until they are asked for; on paper they are open. */
function foldedCard(table: ReportTable): Markup | null {
  if (table.rows.length === 0) return null;
  return markup`<section class="card ${table.head.length > 6 ? 'wide' : ''}"><details ${new Markup(table.rows.length <= 12 ? 'open' : '')}><summary><h2>${table.title}</h2> <span class="dim">${String(table.rows.length)}</span></summary>${note(table)}${tableOf(table)}</details></section>`;
}

function note(table: ReportTable): Markup | null {
  return table.note === undefined ? null : markup`<p class="dim">${table.note}</p>`;
}

function tableOf({ title, head, rows, numbers = [] }: ReportTable): Markup {
  // A head without words is no head.
  const named = head.some((cell) => cell !== '');
  const side = (column: number): Markup | null => (numbers.includes(column) ? new Markup(' class="n"') : null);
  const columns = markup`<thead><tr>${head.map((cell, column) => (cell === '' ? markup`<td></td>` : markup`<th scope="col"${side(column)}>${cell}</th>`))}</tr></thead>`;
  return markup`<div class="scroll" role="group" aria-label="${title}" tabindex="0"><table>${named ? columns : null}<tbody>${rows.map(([first, ...rest]) => markup`<tr><th scope="row">${first ?? ''}</th>${rest.map((cell, at) => markup`<td${side(at + 1)}>${whole(cell)}</td>`)}</tr>`)}</tbody></table></div>`;
}

/** An interval is not broken between its ends. */
const whole = (cell: string): string => cell.replace(/\[[^\]]*\]/g, (ends) => ends.replaceAll(' ', '\u00a0'));
