const show = (value) => (value >= 1000 ? Math.round(value).toLocaleString('en') : value >= 10 ? value.toFixed(1) : value.toFixed(2));

/** Prints, for each kind, a table in Markdown: a row a shape, a column a contender, and the ratio at the end. */
export function printTable({ kinds, machine, rounds, ...totals }) {
  console.log(`${machine.cpu}, ${machine.threads} hardware threads, ${machine.os}, Node ${machine.node}, ${machine.workers} workers, ${rounds} rounds, ${machine.date}`);
  for (const [kind, { rows }] of Object.entries(kinds)) {
    const names = [...new Set(rows.flatMap((row) => Object.keys(row.contenders)))];
    console.log(`\n${kind}: median (quartiles); the last column is Coreloom against the best peer of each round, "raw" where it stands\n`);
    console.log(`| | ${names.join(' | ')} | ratio |\n|${'---|'.repeat(names.length + 2)}`);
    for (const { title, contenders, versusBestPeer: ratio, versusRaw, bestPeer } of rows) {
      const cells = names.map((name) => (contenders[name] === undefined ? '' : `${show(contenders[name].median)} (${show(contenders[name].lower)}–${show(contenders[name].upper)})`));
      const raw = versusRaw === undefined ? '' : `; raw ${show(versusRaw.median)}`;
      console.log(`| ${title} | ${cells.join(' | ')} | ${show(ratio.median)} (${show(ratio.lower)}–${show(ratio.upper)}) × ${bestPeer}${raw} |`);
    }
    console.log(`\n${Object.entries(totals[kind]).map(([key, value]) => `${key} ${value === null ? 'not available' : show(value)}`).join('; ')}`);
  }
}
