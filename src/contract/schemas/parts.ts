import { z } from 'zod';
import { EXECUTORS, type ByExecutor, type ExecutorKey } from '../executors';
import { LIMITS } from '../limits';
import { RUN_OUTCOMES } from '../names';
import { THREAD_HOSTS } from '../worker';

// What the schemas of all kinds are made of.

export const finite = z.number();
export const amount = z.number().min(0);
export const count = z.int().min(0);
/** A share of one core, 0 to 1; the hair above 1 is room for rounding. */
export const share = z.number().min(0).max(1.001);
export const uint32 = z.int().min(0).max(0xffffffff);
export const text = z.string();
export const settingName = z.string().regex(/^[a-z][A-Za-z0-9]*$/);
export const instant = z.iso.datetime({ offset: true });
export const workers = z.int().min(0).max(LIMITS.workers.max);
export const threadHost = z
  .enum(THREAD_HOSTS)
  .nullable()
  .describe(
    'Where its threads were; null where its workers are no threads of Node, and in reports of before it was told.',
  );
export const outcome = z.enum(RUN_OUTCOMES);
export const lockKind = z.enum(['shared', 'own', 'off']);

export const executorKey: z.ZodType<ExecutorKey, ExecutorKey> = z
  .union([z.enum(EXECUTORS), z.templateLiteral([z.enum(EXECUTORS), '@', z.string().min(1)])])
  .meta({
    id: 'ExecutorKey',
    description:
      'An executor by its name, and after an @ its place where it has one: another machine, another interpreter.',
  });

/** One value for each executor that has one. */
export const byExecutor = <T extends z.ZodType>(value: T): z.ZodType<ByExecutor<z.output<T>>> =>
  z.partialRecord(executorKey, value);

/** Rounds as columns: one value for each round in each. */
export function roundTable<T extends { round: z.ZodArray<z.ZodType> } & Record<string, z.ZodArray<z.ZodType>>>(
  columns: T,
): z.ZodObject<T, z.core.$strict> {
  return z.strictObject(columns).refine(
    (table) => {
      const lengths = Object.values(table as Record<string, unknown[]>).map((column) => column.length);
      return new Set(lengths).size === 1;
    },
    { error: 'its columns are not equally long' },
  );
}
