import type { ErrorInfo } from '../../../contract';
import { listed } from '../../report/words';

/** Who left before the end and why, those of one reason in one line; none of the reason that ended all, which was said. */
export function leftLines(all: readonly { title: string; failure: ErrorInfo | null }[], finding: string): string[] {
  const titles = new Map<string, string[]>();
  for (const { title, failure } of all) {
    if (failure !== null && !finding.includes(failure.message))
      titles.set(failure.message, [...(titles.get(failure.message) ?? []), title]);
  }
  return [...titles].map(([reason, who]) => `Dropped out: ${listed(who)}. ${reason}\n`);
}
