import type { Holds, ScorecardRow } from '../../../contract';

const LANGUAGES = { node: 'Node', python: 'Python' } as const;

/** `Node: yes, because …` for every language that was judged. */
export function judgements({ judged }: ScorecardRow): { language: string; holds: Holds; why: string }[] {
  return judged.map(({ language, holds, why }) => ({ language: LANGUAGES[language], holds, why }));
}

/** `8 hold, 2 do not, 1 not shown`. */
export function tally(rows: readonly ScorecardRow[]): string {
  const count = (holds: Holds): number => rows.filter((row) => row.holds === holds).length;
  const [yes, no, open] = [count('yes'), count('no'), count('not-shown')];
  return [
    `${yes} of ${rows.length} ${yes === 1 ? 'holds' : 'hold'} here`,
    ...(no > 0 ? [`${no} ${no === 1 ? 'does' : 'do'} not`] : []),
    ...(open > 0 ? [`${open} not shown`] : []),
  ].join(', ');
}
