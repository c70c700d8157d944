import type { ErrorInfo } from '../../src/contract';

/** What the sentences of comparisons and scaling may claim; told by their words, as they are made from reports. */
export const CLAIMS = {
  gain: /as fast as/,
  'no-difference': /not told apart|are undecided/,
  'no-more-than': /by no more than/,
  undecided: /are undecided after .*To narrow (?:that|these) to ±2\.5 % would take/,
  unsteady: /speed changed while this was measured; no ratio/,
  cheaper: /cost less: /,
  'no-gain': /are not shown to be faster than|are slower than/,
  'too-few': /Too few rounds|fewer than \d/,
  failed: /dropped out before the end|there is no result|They disagree/,
  waits: /waits rather than computes/,
  'off-thread': /computes outside its task threads/,
  'used-up': /all that (?:it|they) may use/,
  lock: /as expected of threads that share one interpreter lock/,
  'between-tasks': /without a task/,
  'hand-over': /short compared with their hand-over/,
  'too-few-tasks': /cannot be divided evenly/,
  'waited-for-core': /waited for a core/,
  'cause:quota': /the quota of .* stopped/,
  'cause:own-workers': /workers for \d+ cores?/,
  'cause:engine': /Coreloom’s own engine/,
  'cause:besides': /something other than/,
  'not-seen': /is unknown|unknown reason|was not measured/,
  'not-known': /is not known/,
  uncertain: /too uncertain/,
  again: /Measure again/,
  'slower-cores': /have slower ones/,
  'dearer-tasks': /the CPU time that it takes with one/,
  'too-busy': /too busy to judge/,
  advice: /[Uu]se (?:at least )?\d|[Oo]ne worker is enough/,
} as const;
export type ExperimentTag = keyof typeof CLAIMS;

export interface ExperimentSituation {
  name: string;
  text: string;
  /** Of one contender or curve whose sentence speaks of workers. */
  workers: number;
  cores: readonly number[];
  must: readonly ExperimentTag[];
  /** What of it cannot be: no number of a situation may be such. */
  impossible: string[];
  /** Words that are in it, and that are not. */
  says?: RegExp | undefined;
  saysNot?: RegExp | undefined;
}
/** What ends an experiment of a situation that one ends. */
export const FAILURE: ErrorInfo = { code: 'worker-died', message: 'It died.' };
