/** The parts of a finding: its first sentence, which is read from afar, and the others. */
export interface FindingParts {
  head: string;
  /** Between both, as it was written. */
  joint: string;
  why: string;
}

/** Beyond it a first sentence is cut at its first semicolon: two lines of the largest size hold about as many letters. */
const LONGEST_HEAD = 110;

/** Cuts a finding after its first sentence; a long one at a semicolon. Nothing is left out or changed. */
export function findingParts(finding: string): FindingParts {
  const sentence = /^(.+?[.!?])(\s+)(?=\S)/su.exec(finding);
  const head = sentence?.[1] ?? finding;
  const clause = head.length > LONGEST_HEAD ? /^(.+?)(;\s+)/su.exec(head) : null;
  const [cut, joint] = clause ? [clause[1] ?? '', clause[2] ?? ''] : [head, sentence?.[2] ?? ''];
  return { head: cut, joint, why: finding.slice(cut.length + joint.length) };
}

/** A text with its intervals (`[1.87, 2.06]`) apart, which are set quieter. */
export function intervalsApart(text: string): { text: string; interval: boolean }[] {
  return text
    .split(/(\[[^\]]*\])/u)
    .filter((part) => part !== '')
    .map((part) => ({ text: part, interval: part.startsWith('[') }));
}
