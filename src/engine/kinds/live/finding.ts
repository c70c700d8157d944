import {
  capital,
  coreCount,
  gigahertz,
  wholeSeconds,
  duration,
  durationOfUs,
  failedSentence,
  number,
  percent,
  plural,
} from '../../../contract';
import { causeWords, causesAfter, partOf } from '../shared/core-wait';
import { claimsOf, type Claim } from './claims';
import { NOTABLE_OFF, type Seen } from './picture';

type Of<K extends Claim['kind']> = Extract<Claim, { kind: K }>;

/** A worker or several, as the subject of a sentence. */
interface Them {
  they: 'It' | 'They';
  them: 'it' | 'them';
  their: 'its' | 'their';
  were: 'was' | 'were';
}

const themOf = ({ workers, changed }: Pick<Busy, 'workers' | 'changed'>): Them => ({
  ...(workers === 1 && changed === null
    ? ({ they: 'It', them: 'it', their: 'its', were: 'was' } as const)
    : ({ they: 'They', them: 'them', their: 'their', were: 'were' } as const)),
});

/** Says in one to three plain sentences what a live run shows, failures first; claims nothing that was not measured. */
export function liveFinding(seen: Seen, { over = false }: { over?: boolean } = {}): string {
  return wordsOf(claimsOf({ ...seen, over }), seen, over);
}

/** More than this is not read. */
const MOST_SENTENCES = 3;

/** Claims in words: pauses in one sentence, whatever is said last left out where there would be too many. */
function wordsOf(claims: readonly Claim[], seen: Seen, over: boolean): string {
  const busy = claims.find((claim) => claim.kind === 'shown' && 'ceiling' in claim);
  const them = themOf(busy?.kind === 'shown' && 'ceiling' in busy ? busy : { ...seen, changed: null });
  const first = claims.flatMap((claim) => firstSentence(claim, seen, over));
  const last = claims.flatMap((claim) => lastSentence(claim, seen));
  return [...first, ...pauseSentence(claims, them, seen), ...clockSentence(claims), ...last]
    .slice(0, MOST_SENTENCES)
    .join(' ');
}

function firstSentence(claim: Claim, seen: Seen, over: boolean): string[] {
  if (claim.kind === 'not-known') return notKnown(claim, seen, over);
  if (claim.kind !== 'shown') return [];
  switch (claim.what) {
    case 'failed':
      return [failedSentence({ failed: claim.failed, done: claim.of - claim.failed })];
    case 'between-tasks':
    case 'waited-for-core':
    case 'besides':
    case 'lock-released':
    case 'clock-fell':
      return [];
    default:
      return [busySentence(claim, seen, over)];
  }
}

/** `1.98 of 2 cores`; more than there are to be used is not said to be some of them. */
function coresOf(cores: number, ceiling: number): string {
  const some = partOf(cores, ceiling);
  return some === null ? `${coreCount(cores)} cores` : `${coreCount(some)} of ${plural(ceiling, 'core')}`;
}

type Busy = Extract<Of<'shown'>, { ceiling: number }>;

function busySentence(claim: Busy, { workload: { title } }: Seen, over: boolean): string {
  const { shares } = claim;
  const { they, their } = themOf(claim);
  const busy = busyClause(claim, over || claim.what === 'meanwhile');
  switch (claim.what) {
    case 'computes':
      return `${title} computes: ${busy}.`;
    case 'waits':
      return `${title} waits rather than computes: ${busy}.`;
    case 'off-thread':
      return `${title} computes outside its task threads: ${busy}.`;
    case 'both':
      return `${title} computes and waits: ${busy}, and compute${over ? 'd' : they === 'It' ? 's' : ''} for ${percent(shares.computing)} of ${their} time.`;
    case 'meanwhile':
      return `Meanwhile ${busy}.`;
    case 'busy':
      return `${title}: ${busy}.`;
  }
}

/** `2 workers keep 1.98 of 2 cores busy`, with what of it was no task’s thread’s. */
function busyClause(claim: Busy, over: boolean): string {
  const { workers, changed, cores, ceiling, quota, offThreadCores, handOver } = claim;
  const who =
    changed === null
      ? plural(workers, 'worker')
      : `${number(changed.least)} to ${plural(changed.most, 'worker')} (${number(changed.mean)} on average)`;
  const one = themOf(claim).they === 'It';
  const verb = over ? ['used', 'kept'] : one ? ['uses', 'keeps'] : ['use', 'keep'];
  const kept = quota
    ? `${verb[0] ?? ''} ${quotaCpus(cores, ceiling)}`
    : `${verb[1] ?? ''} ${coresOf(cores, ceiling)} busy`;
  const off =
    offThreadCores !== null && offThreadCores >= 0.1 * cores && offThreadCores >= NOTABLE_OFF
      ? `, ${coreCount(offThreadCores)} of them in helper threads or child processes`
      : '';
  const between =
    handOver < 0.1 ? '' : handOver < 0.5 ? ', hand-over included' : ', most of it to receive tasks and return results';
  return `${who} ${kept}${off}${between}`;
}

/** A quota is another whole than the cores there are. */
function quotaCpus(cores: number, quota: number): string {
  const some = partOf(cores, quota);
  return some === null
    ? `${coreCount(cores)} CPUs`
    : `${coreCount(some)} of the ${plural(quota, 'CPU')} that the quota allows`;
}

function notKnown({ why }: Of<'not-known'>, { workers, tasks, failed }: Seen, over: boolean): string[] {
  const done = `${plural(tasks, 'task')} done`;
  switch (why) {
    case 'nothing-done':
      return [over ? 'The run ended before a task had finished.' : 'No task has finished yet.'];
    case 'all-failed':
      return [
        `${failed === 1 ? 'The only task that ended' : `All ${plural(failed, 'task')} that ended`} failed${workers > 0 ? '' : over ? '; no worker was left at the end' : '; no worker is running'}.`,
      ];
    case 'no-worker':
      if (tasks === 0)
        return [
          over
            ? 'No worker was left at the end, and no task had finished.'
            : 'No worker is running, and no task has finished.',
        ];
      return [over ? `No worker was left at the end: ${done}.` : `No worker is running: ${done} so far.`];
    case 'no-sample':
      return [`${done}: no samples were taken, so it is not known how busy the cores were.`];
    case 'samples-stopped':
      return [`${done}: samples stopped before they could show how busy the cores were.`];
    case 'too-short':
      return [`${done}; the time was too short to tell how busy the cores were.`];
    case 'not-available':
      return [
        `${plural(workers, 'worker')} finished ${plural(tasks, 'task')}; how busy ${workers === 1 ? 'it' : 'they'} kept the cores is not available here.`,
      ];
    case 'impossible':
      return [
        `${done}: the counted CPU time is more than ${plural(workers, 'worker')} can use, so it is not known how busy the cores were.`,
      ];
    case 'rest':
    case 'waiting-for-core':
    case 'who-had-the-cores':
    case 'too-busy':
      return [];
  }
}

/** What workers did instead of computing, as one sentence of shares of one whole, which is their time. */
function pauseSentence(claims: readonly Claim[], them: Them, seen: Seen): string[] {
  const parts = [
    ...restWords(claims, them),
    ...pauseWords(claims, them),
    ...coreWords(claims, them),
    ...lockWords(claims, them),
    ...besidesWords(claims, them, seen),
    ...busyWords(claims, seen),
  ];
  return parts.length === 0 ? [] : [`${capital(parts.join('; '))}.`];
}

function restWords(claims: readonly Claim[], them: Them): string[] {
  const { they, their } = them;
  return claims.flatMap((claim) => {
    if (claim.kind !== 'not-known') return [];
    if (claim.why === 'rest')
      return [
        `for ${percent(claim.share)} of ${their} time ${they.toLowerCase()} waited for something that was not measured`,
      ];
    if (claim.why !== 'waiting-for-core') return [];
    const long = `how long ${they.toLowerCase()} waited for a core is not known`;
    return [
      claim.besidesCores === null || claim.besidesCores < 0.1
        ? long
        : `something else used ${coreCount(claim.besidesCores)} of ${plural(claim.of, 'core')}, and ${long}`,
    ];
  });
}

/** Where CPU time off their threads is not known, it may be theirs too. */
function besidesWords(claims: readonly Claim[], { them }: Them, { offThreadCpuMs = null }: Seen): string[] {
  const what =
    offThreadCpuMs === null
      ? `something other than ${them === 'it' ? 'this worker’s own thread' : 'these workers’ own threads'}`
      : 'something else';
  return claims.flatMap((claim) =>
    claim.kind === 'shown' && claim.what === 'besides'
      ? [`${what} used ${coreCount(claim.cores)} of ${plural(claim.of, 'core')}`]
      : [],
  );
}

function pauseWords(claims: readonly Claim[], { they, them, their, were }: Them): string[] {
  return claims.flatMap((claim) => {
    if (claim.kind !== 'shown' || claim.what !== 'between-tasks') return [];
    return [
      `${they.toLowerCase()} ${were} without a task for ${percent(claim.share)} of ${their} time${pauseCause(claims, them)}`,
    ];
  });
}

function pauseCause(claims: readonly Claim[], them: Them['them']): string {
  const cause = claims.find((one) => one.kind === 'cause' && one.of === 'between-tasks');
  if (cause?.kind !== 'cause' || cause.of !== 'between-tasks') return '';
  const engine = cause.engineCores === null ? '' : causeWords([{ by: 'engine', cores: cause.engineCores }], { them });
  if (cause.by === 'engine') return `: ${engine}`;
  return `: a task takes ${duration(cause.taskMs)} and its hand-over ${durationOfUs(cause.handOverUs)}${engine === '' ? '' : `, and ${engine}`}`;
}

function coreWords(claims: readonly Claim[], { they, their, them }: Them): string[] {
  const waited = claims.find((claim) => claim.kind === 'shown' && claim.what === 'waited-for-core');
  const cause = claims.find((claim) => claim.kind === 'cause' && claim.of === 'waiting-for-core');
  const queue = claims.find((claim) => claim.kind === 'advice' && claim.advice === 'only-queue');
  const by = cause?.kind === 'cause' && cause.of === 'waiting-for-core' ? cause.by : [];
  if (waited?.kind !== 'shown' || waited.what !== 'waited-for-core')
    return by.length === 0 ? [] : [causeWords(by, { them })];
  const enough = queue?.kind === 'advice' && queue.advice === 'only-queue' ? queue.cores : null;
  return [
    `${they.toLowerCase()} waited for a core for ${percent(waited.share)} of ${their} time${waited.alsoBetween ? ', with and without a task' : ''}${causesAfter(by, waited.wait, { them, enough })}`,
  ];
}

function lockWords(claims: readonly Claim[], { they, their }: Them): string[] {
  return claims.flatMap((claim) => {
    if (claim.kind !== 'cause' || claim.of !== 'waiting-for-lock') return [];
    const { share, atMost, threads, most, cores, all } = claim;
    const who = all ? they.toLowerCase() : 'Python’s threads';
    const bound =
      most === null || atMost
        ? ''
        : ` (at most ${percent(most)} with ${number(threads)} threads, as one of them holds it)`;
    const together = cores === null || all ? '' : `, and kept ${coreCount(cores)} cores busy together`;
    return [
      `${who} waited for ${all ? 'Python’s' : 'the'} interpreter lock for ${atMost ? 'at most ' : ''}${percent(share)} of ${all ? their : 'their'} time${bound}${together}`,
    ];
  });
}

/** In the same sentence, so that it is never left out. */
function busyWords(claims: readonly Claim[], { workload: { title } }: Seen): string[] {
  return claims.flatMap((claim) =>
    claim.kind === 'not-known' && claim.why === 'too-busy'
      ? [
          `this machine is too busy to judge ${claim.to === 'advise' ? 'what more workers would do' : `whether “${title}” computes or waits`}`,
        ]
      : [],
  );
}

function clockSentence(claims: readonly Claim[]): string[] {
  return claims.flatMap((claim) => {
    if (claim.kind !== 'shown' || claim.what !== 'clock-fell') return [];
    const { fromMhz, toMhz, afterMs, slower, taskMs } = claim;
    const tasks =
      slower && taskMs !== null
        ? `: later tasks are slower for that (${duration(taskMs.before)}, then ${duration(taskMs.after)})`
        : '';
    return [
      `The clock of the busy cores fell from ${gigahertz.parts(fromMhz).figure} to ${gigahertz(toMhz)} after ${duration(wholeSeconds(afterMs))}${tasks}.`,
    ];
  });
}

function lastSentence(claim: Claim, { workload: { title } }: Seen): string[] {
  if (claim.kind === 'shown' && claim.what === 'lock-released') {
    return [
      claim.all
        ? `That is more than one core, so “${title}” releases Python’s interpreter lock.`
        : `Python’s ${plural(claim.threads, 'thread')} kept ${coreCount(claim.cores)} cores busy, so “${title}” releases the interpreter lock.`,
    ];
  }
  if (claim.kind !== 'advice') return [];
  if (claim.advice === 'more-can-wait')
    return [
      `Each worker used ${coreCount(claim.eachCores)} cores, so the cores do not limit how many workers can wait at the same time; what they wait for might.`,
    ];
  if (claim.advice !== 'cores-left') return [];
  const { idleCores, ceiling, quota, more } = claim;
  const idle = quota
    ? `${coreCount(idleCores)} CPUs of the quota were not used`
    : `${coreCount(idleCores)} of ${plural(ceiling, 'core')} were idle`;
  return [
    `${idle}: ${number(more)} more ${more === 1 ? 'worker' : 'workers'} would have a core of ${more === 1 ? 'its' : 'their'} own.`,
  ];
}
