import { plain, plural } from '../../../contract';

/** Different warnings that a report keeps at most. */
const MAX_WARNINGS = 100;

/** What is to be warned of in a report: each sentence once, and no more of them than somebody reads. */
export class Warnings {
  readonly #sentences = new Set<string>();
  #leftOut = 0;

  add(sentence: string): void {
    const kept = plain(sentence);
    if (this.#sentences.size < MAX_WARNINGS) this.#sentences.add(kept);
    else if (!this.#sentences.has(kept)) this.#leftOut += 1;
  }

  has(sentence: string): boolean {
    return this.#sentences.has(plain(sentence));
  }

  all(): string[] {
    return this.#leftOut === 0
      ? [...this.#sentences]
      : [
          ...this.#sentences,
          `${plural(this.#leftOut, 'more warning')} ${this.#leftOut === 1 ? 'is' : 'are'} not shown.`,
        ];
  }
}
