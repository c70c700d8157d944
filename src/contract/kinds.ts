/**
 * THE table of kinds of experiments: their names and what they are called. A further kind is one row here, its types in
 * experiment.ts, and what docs/architecture.md says of its folders. The order of the rows is that of views and lists.
 */

interface KindFacts {
  /** In lists of reports. */
  title: string;
  /** The title of its view. */
  view: string;
  /** An experiment of it, as part of a sentence. */
  noun: string;
}

const TABLE = {
  answer: { title: 'answer', view: 'Answer', noun: 'search for an answer' },
  live: { title: 'live', view: 'Live', noun: 'live run' },
  compare: { title: 'compare', view: 'Compare', noun: 'comparison' },
  scale: { title: 'scaling', view: 'Scaling', noun: 'scaling experiment' },
  lab: { title: 'lab', view: 'Labs', noun: 'lab' },
  scorecard: { title: 'scorecard', view: 'Scorecard', noun: 'scorecard' },
} as const satisfies Record<string, KindFacts>;

export type ExperimentKind = keyof typeof TABLE;

/** All kinds, in the order in which they are shown. */
export const EXPERIMENT_KINDS = Object.keys(TABLE) as unknown as readonly [ExperimentKind, ...ExperimentKind[]];

/** The row of a kind; one that was added to a list of kinds alone is called by its name. */
export function kindFacts(kind: ExperimentKind): KindFacts {
  return Object.hasOwn(TABLE, kind) ? TABLE[kind] : { title: kind, view: kind, noun: kind };
}
