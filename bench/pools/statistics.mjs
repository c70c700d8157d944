export function quantile(values, q) {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * q;
  const low = Math.floor(place);
  return sorted[low] + ((sorted[low + 1] ?? sorted[low]) - sorted[low]) * (place - low);
}

/** Median and quartiles. */
export const summary = (values) => ({
  median: quantile(values, 0.5),
  lower: quantile(values, 0.25),
  upper: quantile(values, 0.75),
});

/** Better divided by worse in each round, so that what slows the whole machine falls out. */
function ratios(own, other) {
  return own.map((value, round) => value / other[round]);
}

/** For each kind and shape: every contender's quartiles, and ours against the best peer. */
export function compare({ contenders, shapes, values, starts, streams, stamps, rounds }) {
  const result = { rounds, kinds: {} };
  for (const kind of new Set(contenders.map((contender) => contender.kind))) {
    const rows = [];
    for (const shape of shapes) {
      const of = (name) => values.get(`${kind}/${name}/${shape.key}`);
      if (of('coreloom') === undefined) continue;
      const present = contenders.filter((contender) => contender.kind === kind && of(contender.name) !== undefined);
      const row = { key: shape.key, title: shape.title, contenders: {} };
      for (const { name } of present) row.contenders[name] = summary(of(name));
      const peers = present.filter(({ group }) => group === 'peer');
      const best = peers.toSorted(
        (a, b) => (row.contenders[b.name].median - row.contenders[a.name].median) * (shape.higher ? 1 : -1),
      )[0];
      row.bestPeer = best.name;
      row.versusBestPeer = summary(ratios(of('coreloom'), of(best.name)));
      if (of('raw') !== undefined) row.versusRaw = summary(ratios(of('coreloom'), of('raw')));
      rows.push(row);
    }
    const ratio = (key, against = 'versusBestPeer') => rows.find((row) => row.key === key)?.[against]?.median ?? null;
    result.kinds[kind] = { rows };
    result[kind] = {
      throughputVsBestPeer: ratio('throughput'),
      inFlight64VsBestPeer: ratio('inFlight64'),
      kib1VsBestPeer: ratio('kib1'),
      mib1VsBestPeer: ratio('mib1'),
      ...(kind === 'threads' ? { mib1TransferredVsBestPeer: ratio('mib1Transferred') } : {}),
      roundTripVsBestPeer: ratio('roundTrip'),
      busyVsRaw: ratio('busy', 'versusRaw'),
      mixedVsBestPeer: ratio('mixed'),
      startupMs: starts?.[kind]?.coreloom?.startupMs ?? null,
      startupVsRaw: starts === null ? null : starts[kind].coreloom.startupMs / starts[kind].raw.startupMs,
      residentBytesPerWorker: starts?.[kind]?.coreloom?.residentBytes ?? null,
      residentVsRaw: starts === null ? null : starts[kind].coreloom.residentBytes / starts[kind].raw.residentBytes,
      proportionalBytesPerWorker: starts?.[kind]?.coreloom?.proportionalBytes ?? null,
      // Share of the throughput with 64 in flight; noise may make it less than 0.
      stampCost: stamps?.[kind].median ?? null,
      stampCostLower: stamps?.[kind].lower ?? null,
      stampCostUpper: stamps?.[kind].upper ?? null,
      streamed: streams?.[kind] ?? null,
    };
  }
  return result;
}
