import { readFileSync, writeFileSync } from 'node:fs';

const digits = (value) =>
  Math.abs(value) >= 1000
    ? Math.round(value).toLocaleString('en')
    : Math.abs(value) >= 10
      ? value.toFixed(1)
      : value.toFixed(2);
const show = (value) => digits(value).replace(/^-0\.00$/, '0.00');
const spread = ({ median, lower, upper }) => `${show(median)} (${show(lower)}–${show(upper)})`;
const BEGIN = '<!-- table: begin -->';
const END = '<!-- table: end -->';

/** For each kind a table in Markdown: a row a shape, a column a contender, and the ratio at the end. */
export function table({ kinds, machine, rounds, checked, ...totals }) {
  const lines = [
    `${machine.cpu}, ${machine.threads} hardware threads, ${machine.os}, Node ${machine.node}, ${machine.workers} workers, rounds: ${Object.entries(
      rounds,
    )
      .map(([phase, count]) => `${count} ${phase}`)
      .join(', ')}, ${machine.date}. ${show(checked)} results were compared with what had been asked.`,
  ];
  for (const [kind, { rows }] of Object.entries(kinds)) {
    const names = [...new Set(rows.flatMap((row) => Object.keys(row.contenders)))];
    lines.push(
      '',
      `${kind}: median (quartiles); the last column is Coreloom against the best peer of each round, "raw" where it stands.`,
      '',
    );
    lines.push(`| | ${names.join(' | ')} | ratio |`, `|${'---|'.repeat(names.length + 2)}`);
    for (const row of rows) lines.push(line(row, names));
    const { streamed, ...numbers } = totals[kind];
    lines.push(
      '',
      `${Object.entries(numbers)
        .map(([key, value]) => `${key} ${value === null ? 'not available' : show(value)}`)
        .join('; ')}`,
    );
    if (streamed !== null) lines.push('', streamSentence(streamed));
  }
  return lines.join('\n');
}

function line({ title, contenders, versusBestPeer, versusRaw, bestPeer }, names) {
  const cells = names.map((name) => (contenders[name] === undefined ? '' : spread(contenders[name])));
  const raw = versusRaw === undefined ? '' : `; raw ${show(versusRaw.median)}`;
  return `| ${title} | ${cells.join(' | ')} | ${spread(versusBestPeer)} × ${bestPeer}${raw} |`;
}

function streamSentence({ tasks, tasksPerSecond, residentBytes, growthBytes }) {
  const memory =
    residentBytes === null
      ? 'memory was not measured here'
      : `at ${show(residentBytes / 2 ** 20)} MiB resident, ${show(growthBytes / 2 ** 20)} MiB more at the end than after a tenth`;
  return `Streamed: ${show(tasks)} tasks from one source, each answered once, ${show(tasksPerSecond)} a second, ${memory}.`;
}

/** Puts a text between the marks of a Markdown file. Throws where it has none. */
export function writeTable(file, text) {
  const whole = readFileSync(file, 'utf8');
  const [begin, end] = [whole.indexOf(BEGIN), whole.indexOf(END)];
  if (begin < 0 || end < begin)
    throw new Error(`${file} has no lines "${BEGIN}" and "${END}" to put the table between.`);
  writeFileSync(file, `${whole.slice(0, begin + BEGIN.length)}\n${text}\n${whole.slice(end)}`);
}
