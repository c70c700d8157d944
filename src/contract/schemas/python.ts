import { z } from 'zod';
import { START_METHODS } from '../python';
import { text } from './parts';

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
