import type { TaskCounts } from '../../../contract';
import { duration, number, plural, wholePercent } from '../../report/words';
import { causeWords } from '../core-wait';
import { claimsOf, type Claim, type Seen } from './claims';

type Of<K extends Claim['kind']> = Extract<Claim, { kind: K }>;

/** A worker or several, as the subject of a sentence. */
interface Them {
  subject: string;
  they: 'It' | 'They';
  them: 'it' | 'them';
  their: 'its' | 'their';
  were: 'was' | 'were';
}

const themOf = ({ workers }: Pick<Seen, 'workers'>): Them => ({
  subject: plural(workers, 'worker'),
  ...(workers === 1 ? ({ they: 'It', them: 'it', their: 'its', were: 'was' } as const) : ({ they: 'They', them: 'them', their: 'their', were: 'were' } as const)),
});

/** How many tasks failed, of all that ended. */
export function failedSentence({ done, failed }: Pick<TaskCounts, 'done' | 'failed'>): string {
  return `${number(failed)} of ${plural(done + failed, 'task')} failed.`;
}

/** Says in one to three plain sentences what a live run shows, failures first; claims nothing that was not measured. */
export function liveFinding(seen: Seen, { over = false }: { over?: boolean } = {}): string {
  return wordsOf(claimsOf(seen), seen, over);
}

/** More than this is not read. */
const MOST_SENTENCES = 3;

/** Claims in words: pauses in one sentence, whatever is said last left out where there would be too many. */
export function wordsOf(claims: readonly Claim[], seen: Seen, over: boolean): string {
  const them = themOf(seen);
  const first = claims.flatMap((claim) => firstSentence(claim, seen, over));
  const last = claims.flatMap((claim) => lastSentence(claim, seen));
  return [...first, ...pauseSentence(claims, them, seen), ...last].slice(0, MOST_SENTENCES).join(' ');
}

function firstSentence(claim: Claim, seen: Seen, over: boolean): string[] {
  if (claim.kind === 'not-known') return notKnown(claim, seen, over);
  if (claim.kind !== 'shown') return [];
  switch (claim.what) {
    case 'failed':
      return [failedSentence({ failed: claim.failed, done: claim.of - claim.failed })];
    case 'between-tasks':
    case 'waited-for-core':
    case 'lock-released':
      return [];
    default:
      return [busySentence(claim, seen)];
  }
}

/** Two decimals are what CPU time is good for; under them the first digit. */
const coreCount = (cores: number): string => (cores >= 0.01 ? (cores >= 10 ? cores.toFixed(1) : cores.toFixed(2)) : number(Math.round(cores * 1000) / 1000));

/** `1.98 of 2 cores`; more than there are to be used is not said to be some of them. */
function coresOf(cores: number, ceiling: number): string {
  if (cores > ceiling * 1.05) return `${coreCount(cores)} cores`;
  return `${coreCount(Math.min(cores, ceiling))} of ${plural(ceiling, 'core')}`;
}

function busySentence(claim: Extract<Of<'shown'>, { cores: number; ceiling: number }>, { workload: { title } }: Seen): string {
  const { workers, cores, ceiling, shares, offThreadCores } = claim;
  const busy = `${plural(workers, 'worker')} ${workers === 1 ? 'keeps' : 'keep'} ${coresOf(cores, ceiling)} busy`;
  const there = claim.what === 'off-thread' ? 'there' : `off the ${workers === 1 ? 'task’s thread' : 'tasks’ threads'}`;
  const off = offThreadCores !== null && offThreadCores >= 0.1 * cores && offThreadCores >= 0.05 ? `, ${coreCount(offThreadCores)} of them ${there}` : '';
  switch (claim.what) {
    case 'computes':
      return `${title} computes: ${busy}${off}.`;
    case 'waits':
      return `${title} waits rather than computes: ${busy}${off}.`;
    case 'off-thread':
      return `${title} computes off its tasks’ threads: ${busy}${off}.`;
    case 'both':
      return `${title} computes and waits: ${busy}${off}, and compute${workers === 1 ? 's' : ''} for ${shares.computing < 0.01 ? `${number(shares.computing * 100)} %` : wholePercent(shares.computing)} of ${workers === 1 ? 'its' : 'their'} time.`;
    case 'busy':
      return `${title}: ${busy}${off}.`;
  }
}

function notKnown({ why }: Of<'not-known'>, { workload, workers, tasks, failed }: Seen, over: boolean): string[] {
  const done = `${plural(tasks, 'task')} done`;
  switch (why) {
    case 'nothing-done':
      return [over ? 'The run ended before a task had finished.' : 'No task has finished yet.'];
    case 'all-failed':
      return [`${failed === 1 ? 'The only finished task' : `All ${plural(failed, 'finished task')}`} failed: nothing can be said of ${workload.title}.`];
    case 'no-worker':
      return [over ? `No worker was left at the end: ${done}.` : `No worker is running: ${done} so far.`];
    case 'no-sample':
      return [`${done}: no sample came, so how busy the cores were is not known.`];
    case 'samples-stopped':
      return [`${done}: samples stopped coming before they could say how busy the cores were.`];
    case 'too-short':
      return [`${done}: too short a look to say how busy the cores were.`];
    case 'not-available':
      return [`${plural(workers, 'worker')} finished ${plural(tasks, 'task')}; how busy ${workers === 1 ? 'it' : 'they'} kept the cores is not available here.`];
    case 'impossible':
      return [`${done}: more CPU time was counted than ${plural(workers, 'worker')} can use, so how busy the cores were is not known.`];
    case 'rest':
    case 'who-had-the-cores':
    case 'too-busy':
      return [];
  }
}

/** What workers did instead of computing, as one sentence of shares of one whole, which is their time. */
function pauseSentence(claims: readonly Claim[], them: Them, seen: Seen): string[] {
  const parts = [...restWords(claims, them), ...pauseWords(claims, them), ...coreWords(claims, them), ...lockWords(claims, them), ...busyWords(claims, seen)];
  return parts.length === 0 ? [] : [`${parts.join('; ').replace(/^./, (letter) => letter.toUpperCase())}.`];
}

function restWords(claims: readonly Claim[], { they, their }: Them): string[] {
  return claims.flatMap((claim) => (claim.kind === 'not-known' && claim.why === 'rest' ? [`what ${they.toLowerCase()} waited for ${wholePercent(claim.share)} of ${their} time was not seen`] : []));
}

function pauseWords(claims: readonly Claim[], { they, their, were }: Them): string[] {
  return claims.flatMap((claim) => {
    if (claim.kind !== 'shown' || claim.what !== 'between-tasks') return [];
    const cause = claims.find((one) => one.kind === 'cause' && one.of === 'between-tasks');
    const why = cause?.kind === 'cause' && cause.of === 'between-tasks' ? `, as tasks of ${duration(cause.taskMs)} are short beside their hand-over of ${duration(cause.handOverUs / 1000)}` : '';
    return [`${they.toLowerCase()} ${were} without a task ${wholePercent(claim.share)} of ${their} time${why}`];
  });
}

function coreWords(claims: readonly Claim[], { they, their, them }: Them): string[] {
  const waited = claims.find((claim) => claim.kind === 'shown' && claim.what === 'waited-for-core');
  const cause = claims.find((claim) => claim.kind === 'cause' && claim.of === 'waiting-for-core');
  const queue = claims.find((claim) => claim.kind === 'advice' && claim.advice === 'only-queue');
  const by = cause?.kind === 'cause' && cause.of === 'waiting-for-core' ? cause.by : [];
  if (waited?.kind !== 'shown' || waited.what !== 'waited-for-core') return by.length === 0 ? [] : [causeWords(by, { them })];
  const most = queue?.kind === 'advice' && queue.advice === 'only-queue' ? queue.cores : null;
  return [`${they.toLowerCase()} waited for a core ${wholePercent(waited.share)} of ${their} time: ${causeWords(by, { them, most })}`];
}

function lockWords(claims: readonly Claim[], { they, their }: Them): string[] {
  return claims.flatMap((claim) => {
    if (claim.kind !== 'cause' || claim.of !== 'waiting-for-lock') return [];
    const { share, atMost, threads, most, cores, all } = claim;
    const who = all ? they.toLowerCase() : 'Python’s threads';
    const whose = all ? their : 'their';
    const bound = most === null ? '' : ` (of ${number(threads)} one holds it: ${wholePercent(most)} is the most)`;
    const together = cores === null || all ? '' : `, and kept ${coreCount(cores)} cores busy together`;
    return [`${who} waited for Python’s interpreter lock ${atMost ? 'at most ' : ''}${wholePercent(share)} of ${whose} time${bound}${together}`];
  });
}

/** In the same sentence, so that it is never left out. */
function busyWords(claims: readonly Claim[], { workload: { title } }: Seen): string[] {
  return claims.flatMap((claim) => (claim.kind === 'not-known' && claim.why === 'too-busy' ? [`this machine is too busy to judge ${claim.to === 'advise' ? 'what more workers would do' : `whether ${title} computes or waits`}`] : []));
}

function lastSentence(claim: Claim, { workload: { title } }: Seen): string[] {
  if (claim.kind === 'shown' && claim.what === 'lock-released') return [`${title} releases Python’s interpreter lock: Python’s threads keep ${coreCount(claim.cores)} cores busy.`];
  if (claim.kind !== 'advice') return [];
  if (claim.advice === 'more-can-wait') return ['More workers can wait at the same time without another core.'];
  return claim.advice === 'cores-left' ? [`${coreCount(claim.idleCores)} of ${plural(claim.ceiling, 'core')} were idle, so there is room for more workers.`] : [];
}
