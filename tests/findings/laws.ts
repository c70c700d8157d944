/** Words of a finding that claim what no instrument of ours sees, or that are not plain English. */
const FORBIDDEN = [
  /\bwhoever\b/i,
  /\bso many\b/i,
  /\banew\b/i,
  /can be had|could be had|to be had/i,
  /\bis told of\b/i,
  /for ever/i,
  /\bbecause\b/i,
  /\bobviously\b/i,
  /\bprobably\b/i,
  /undefined|NaN|Infinity|null/,
  /\bsomething else on this machine\b/i,
  / {2,}/,
  /\.\./,
  /: \./,
];

interface About {
  workers: number;
  /** That may be used, and that the machine has. */
  cores: readonly number[];
  /** Default: three. */
  sentences?: number;
  /** What is said after the end is said in the past. */
  over?: boolean;
}

/** Laws that every finding keeps, whatever it is about; those that a text breaks, in words. */
export function lawsBroken(text: string, { workers, cores, sentences: most = 3, over = false }: About): string[] {
  const broken = FORBIDDEN.filter((words) => words.test(text)).map((words) => `says ${String(words)}`);
  if (text === '') broken.push('says nothing');
  if (sentences(text) > most) broken.push(`has ${String(sentences(text))} sentences`);
  if (over && /workers? (?:keeps?|uses?)\b|, and computes? for/.test(text))
    broken.push('says of what is over that it is');
  if (!/^[A-Z0-9a-z].*\.$/s.test(text)) broken.push('does not end as a sentence');
  return [...broken, ...grammar(text, workers), ...impossible(text, cores)];
}

const sentences = (text: string): number => text.split(/(?<=\.) (?=[A-Z0-9])/).length;

/** A verb and its pronoun agree with how many workers there are. */
function grammar(text: string, workers: number): string[] {
  const wrong = [
    /\b1 \w+s\b(?! of)/,
    /\b(?:[02-9]|\d{2,}) (?:worker|core|task|CPU)\b(?!s)(?! ’)/,
    /\b1 worker keep\b/,
    /workers keeps\b/,
    /\b1 workers\b/,
    /\b1 tasks\b/,
  ].filter((words) => words.test(text.replace(/1\.\d+/g, '2').replace(/\d,\d{3}/g, '1000')));
  const one =
    workers === 1 &&
    /\b[Tt]hey (?:waited|were|keep)\b|\btheir time\b|these workers|stopped them/.test(text) &&
    !text.includes('Python’s threads')
      ? ['says “they” of one worker']
      : [];
  const several =
    workers > 1 && /\b[Ii]t waited\b|\bit was without\b|\bits time\b|this worker /.test(text)
      ? ['says “it” of several workers']
      : [];
  return [...wrong.map((words) => `grammar: ${String(words)}`), ...one, ...several];
}

/** No share above 100 %, and no more of something than there is. */
function impossible(text: string, cores: readonly number[]): string[] {
  const shares = [...text.matchAll(/(\d+(?:\.\d+)?) %/g)].map(([, share]) => Number(share));
  const parts = [...text.replaceAll(',', '').matchAll(/(\d+(?:\.\d+)?) of (\d+(?:\.\d+)?) cores?/g)].map(
    ([, part, whole]) => [Number(part), Number(whole)] as const,
  );
  return [
    ...shares.filter((share) => share > 100).map((share) => `${String(share)} %`),
    ...parts
      .filter(([part, whole]) => part > whole * 1.005)
      .map(([part, whole]) => `${String(part)} of ${String(whole)} cores`),
    ...parts
      .filter(([, whole]) => cores.every((one) => Math.abs(whole - one) > 0.01))
      .map(([, whole]) => `speaks of ${String(whole)} cores where there are ${cores.join(' or ')}`),
  ];
}
