import { z } from 'zod';
import type { ExperimentSettings } from '../../contract';
import { KINDS } from '../kinds';

const kinds = Object.values(KINDS);
const names = kinds.map(({ name }) => name);
const [first, ...others] = kinds.map(({ settings }) => settings as unknown as z.core.$ZodTypeDiscriminable);

/** What can be asked of an experiment of any kind: each kind says it. */
export const experimentSettings = z.discriminatedUnion('kind', [first as z.core.$ZodTypeDiscriminable, ...others], {
  error: `kind must be ${names.slice(0, -1).join(', ')} or ${String(names.at(-1))}`,
}) as unknown as z.ZodType<ExperimentSettings>;
