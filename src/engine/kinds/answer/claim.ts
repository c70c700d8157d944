import {
  allowedCoreCount,
  contenderShares,
  endsOf,
  languageFacts,
  languageOf,
  type AnswerClaim,
  type CompareReport,
  type ContenderReport,
  type Estimate,
  type OtherExecutor,
  type ScaleCurve,
  type ScaleReport,
} from '../../../contract';
import { pairedRatioInterval, ratioOfMedians } from '../../statistics/bootstrap';
import { coreWaitOf, lockLimits } from '../shared/contender-wait';
import { coreCauses, tooBusy } from '../shared/core-wait';
import { heldAgainst, NARROW, widthOf, type Held } from '../shared/held';
import { choose, costs, type Candidate, type Choice } from './choice';

/** What one language was measured by. */
export interface Measured {
  compare: CompareReport;
  /** Null where it was not measured. */
  scale: ScaleReport | null;
}

/** What may be claimed of one language. Intervals decide; a machine that others use, or whose speed changed, allows no claim. */
export function claimOf({ compare, scale }: Measured): AnswerClaim {
  const choice = choose(compare);
  if (choice === null || compare.outcome === 'failed')
    return { claim: 'not-measured', why: compare.failure?.message ?? 'it ended before anything was measured' };
  const curve = scale?.curves.find(({ executor }) => executor === choice.named.contender) ?? null;
  const busy = busyWith(compare, choice);
  if (busy !== null || curve?.crowded === true)
    return { claim: 'too-busy', cores: busy, of: allowedCoreCount(compare.machine) };
  const gain = overOne(compare, choice.named);
  if (gain?.verdict === 'unsteady') return { claim: 'unsteady' };
  const told = curve?.recommendation ?? null;
  const workers = told?.workers ?? (gain?.verdict === 'faster' ? choice.named.workers : 1);
  const others = choice.others.map((one) => otherOf(compare, choice.named, one));
  if (workers === 1 && choice.named.workers > 1) {
    if (told === null && !isShown(gain)) return { claim: 'not-measured', why: 'too little was measured to tell' };
    return { claim: 'one-worker', others: [otherOf(compare, choice.named, choice.named), ...others] };
  }
  return {
    claim: 'use',
    executor: choice.named.contender,
    workers,
    gain: curve?.points.find((point) => point.workers === workers)?.speedUp ?? speedOf(gain),
    rising: told?.rising ?? false,
    next: curve === null ? null : nextOf(curve, workers, compare.settings.seed),
    chosen: choice.chosen,
    others,
  };
}

/** Cores that something else used while those that are judged by it waited for them; null where that was not so. */
function busyWith(report: CompareReport, { named }: Choice): number | null {
  const used = [named, ...report.contenders.filter(isBaseline)].flatMap((one) => {
    const shares = contenderShares(one);
    if (shares === null) return [];
    const wait = coreWaitOf(report, one, shares);
    return tooBusy(wait, coreCauses(wait)) ? [wait.besidesCores ?? 0] : [];
  });
  return used.length === 0 ? null : Math.max(...used);
}

const isBaseline = ({ contender }: ContenderReport): boolean =>
  contender === languageFacts(languageOf(contender)).baseline;

function overOne({ differences }: CompareReport, { contender }: Candidate): Held | null {
  return heldAgainst(differences, contender, languageFacts(languageOf(contender)).baseline);
}

/** Whether an interval says of several workers that they gain nothing, or next to nothing. */
function isShown(gain: Held | null): boolean {
  return gain !== null && (gain.verdict === 'slower' || isNarrow(gain));
}

function speedOf(held: Held | null): Estimate | null {
  const ends = held === null ? null : endsOf(held.speed);
  return held === null || ends === null ? null : { value: held.speed.value, ...ends };
}

function otherOf(report: CompareReport, named: Candidate, one: Candidate): OtherExecutor {
  // How many times as fast the one named is: the other’s time ÷ its time.
  const held = heldAgainst(report.differences, named.contender, one.contender);
  const shares = contenderShares(one);
  return {
    executor: one.contender,
    workers: one.workers,
    time: held === null || held.verdict === 'unsteady' ? null : held.speed,
    stands: held?.verdict === 'faster' ? 'slower' : held !== null && isNarrow(held) ? 'as-well' : 'open',
    costs: costs(one, named),
    gains: overOne(report, one)?.verdict === 'faster',
    oneAtATime: shares !== null && lockLimits(report, one, shares),
  };
}

const isNarrow = (held: Held): boolean => held.verdict === 'no-difference' && widthOf(held) <= NARROW;

/** What the next larger number of workers adds, by the rounds that both have. */
function nextOf({ points }: ScaleCurve, workers: number, seed: number): { workers: number; gain: Estimate } | null {
  const at = points.findIndex((point) => point.workers === workers);
  const [own, more] = [points[at], points[at + 1]];
  if (at < 0 || own === undefined || more === undefined) return null;
  const shared = Math.min(own.rounds.throughput.length, more.rounds.throughput.length);
  const [values, against] = [more, own].map(({ rounds }) => rounds.throughput.slice(0, shared));
  if (values === undefined || against === undefined || shared === 0 || against.some((value) => value <= 0)) return null;
  return {
    workers: more.workers,
    gain: { value: ratioOfMedians(values, against), ...pairedRatioInterval(values, against, { seed }) },
  };
}
