import { z } from 'zod';
import { START_METHODS } from '../python';
import { text } from './parts';

const pythonChoice = z.strictObject({
  executable: z
    .string({ error: 'the executable must be text' })
    .max(4096, { error: 'the executable must be at most 4096 characters long' })
    .optional()
    .describe('The `executable` of a found interpreter; default: that of the first that was found.'),
  startMethod: z
    .enum(START_METHODS, { error: `startMethod must be one of ${START_METHODS.join(', ')}` })
    .optional()
    .describe('How multiprocessing starts its processes; default: as that Python does by itself.'),
});
/** Which Python a run uses; default: the first that was found, with its default start method. */
export interface PythonChoice extends z.infer<typeof pythonChoice> {}
export const pythonChoiceSchema: z.ZodType<PythonChoice> = pythonChoice;

const pythonUsed = z.strictObject({
  executable: text.describe('The real path of its executable.'),
  version: text.describe('For example "3.13.0".'),
  build: text.describe('For example "CPython 3.13.0 (main, Oct 8 2024, GCC 12.2.0)".'),
  lockOn: z.boolean().describe('Whether the interpreter lock is on.'),
  startMethod: z
    .enum(START_METHODS)
    .nullable()
    .describe('How multiprocessing started its processes; null where multiprocessing is missing.'),
});
/** The Python that a run used. */
export interface PythonUsed extends z.infer<typeof pythonUsed> {}
export const pythonUsedSchema: z.ZodType<PythonUsed> = pythonUsed;
