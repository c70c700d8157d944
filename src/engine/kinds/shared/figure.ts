import type { FigureUnit } from '../../../contract';
import type { Load } from './load';

/** A figure of one report, ready to be set beside that of another. */
export interface Figure {
  /** Whose it is: an executor or contender by its name. */
  of: string;
  name: string;
  unit: FigureUnit;
  better: 'lower' | 'higher' | null;
  value: number | null;
  /** What the value is the median of, where the report keeps that; measured one after the other. */
  raw?: readonly number[];
  /** Of the workers that it speaks of; absent where it is not about them. */
  load?: Load;
}
