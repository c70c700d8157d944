import { languageFacts, languageOf, type Language } from '../../../../contract';
import type { Evidence } from '../evidence-kinds';

/** The language that a part is of: a part is of one. */
export function languageOfPart({ settings: { executors } }: Evidence): Language {
  const [first] = executors;
  return first === undefined ? 'node' : languageOf(first);
}

/** A part as tables name it: `Node, compare`. */
export function partTitle(part: Evidence): string {
  return `${languageFacts(languageOfPart(part)).title}, ${part.kind === 'compare' ? 'compare' : 'scaling'}`;
}
