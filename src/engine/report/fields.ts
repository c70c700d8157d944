/** A report, or a part of one, of an earlier version: nothing in it has been checked. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A list with each of its objects changed; anything else as it is. */
export function each(list: unknown, change: (one: Fields) => Fields): unknown {
  return Array.isArray(list) ? list.map((one: unknown) => (isFields(one) ? change(one) : one)) : list;
}

export function renamed(fields: Fields, names: Readonly<Record<string, string>>): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [names[name] ?? name, value]));
}

/** Rounds as columns, with one more of which nothing was measured. */
export function withEmptyColumn(rounds: unknown, name: string): unknown {
  if (!isFields(rounds) || !Array.isArray(rounds['round'])) return rounds;
  return { ...rounds, [name]: rounds['round'].map(() => null) };
}
