import type { ExperimentKind } from '../../contract';
import { answerOf } from './answer';
import { compare } from './compare';
import type { Kind } from './kind';
import { lab } from './lab';
import { live } from './live';
import { scale } from './scale';
import { scorecardOf } from './scorecard';

/** Every kind of experiment: a further one is a folder and a line here. */
export const KINDS: { readonly [K in ExperimentKind]: Kind<K> } = {
  answer: answerOf({ compare, scale }),
  live,
  compare,
  scale,
  lab,
  scorecard: scorecardOf({ compare, lab }),
};
