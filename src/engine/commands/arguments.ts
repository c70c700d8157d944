import { z } from 'zod';
import type { CommandArgument, CommandName, ExperimentSettings, ExperimentKind } from '../../contract';
import { commandArguments } from '../../contract/schemas';
import { KINDS } from '../kinds';

const kinds = Object.values(KINDS);
const names = kinds.map(({ name }) => name) as [ExperimentKind, ...ExperimentKind[]];
const [first, ...others] = kinds.map(({ settings }) => settings as unknown as z.core.$ZodTypeDiscriminable);

/** What can be asked of an experiment of any kind: each kind says it. */
const experimentSettings = z.discriminatedUnion('kind', [first as z.core.$ZodTypeDiscriminable, ...others], {
  error: `kind must be ${names.slice(0, -1).join(', ')} or ${String(names.at(-1))}`,
}) as unknown as z.ZodType<ExperimentSettings>;

/** The schema of every command's argument. */
export const ARGUMENTS: { readonly [N in CommandName]: z.ZodType<CommandArgument<N>> } = {
  startExperiment: experimentSettings,
  ...commandArguments(names),
};
