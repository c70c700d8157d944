import { binarySize, CoreloomError, MAX_IMPORT_BYTES } from '../../contract';

/** No report nests deeper than a few levels. */
const MAX_DEPTH = 32;

/** The text of a report that came from elsewhere, once its size and depth were looked at: none of it is read before. Throws `report-broken`. */
export function boundedText(text: string): string {
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_IMPORT_BYTES) {
    throw new CoreloomError(
      'report-broken',
      `The file is larger than ${binarySize(MAX_IMPORT_BYTES)}, the limit for an imported report.`,
    );
  }
  // A byte order mark is what some editors begin a file with.
  const unmarked = text.replace(/^\uFEFF/, '');
  if (depthOf(unmarked) > MAX_DEPTH)
    throw new CoreloomError(
      'report-broken',
      `The file is no report: it nests deeper than ${String(MAX_DEPTH)} levels.`,
    );
  return unmarked;
}

/** How deep brackets nest outside of texts; stops counting beyond the limit. */
function depthOf(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length && depth <= MAX_DEPTH; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfText(text, at);
    else if (code === OPEN_LIST || code === OPEN_OBJECT) depth++;
    else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth--;
  }
  return depth;
}

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [...'"\\[]{}'].map((mark) =>
  mark.charCodeAt(0),
);

function endOfText(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}
