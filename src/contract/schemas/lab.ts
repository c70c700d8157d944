import { z } from 'zod';
import { IPC_WAYS, LABS } from '../names';
import { amount, count, executorKey, finite, text, uint32, workers } from './parts';
import { pythonChoiceSchema, pythonUsedSchema } from './python';
import { reportBase } from './report-base';
import { seed, yesOrNo } from './settings';

const ends = {
  value: finite.describe('The value.'),
  low: finite.describe('The lower end of its 95 % bootstrap interval.'),
  high: finite.describe('The upper end of its 95 % bootstrap interval.'),
};
const taskLength = z.strictObject(ends);
const measured = z
  .strictObject({
    ...ends,
    values: z.array(finite).describe('The values that it comes from, in the order of the rounds.'),
  })
  .meta({
    id: 'Measured',
    description: 'A value with its interval and the values that it comes from, in the order of the rounds.',
  });
export interface Measured extends z.infer<typeof measured> {}
const measuredSchema: z.ZodType<Measured> = measured;

const reason = text.nullable().describe('Why it was not measured, or not to the end; null where it was.');

const settings = {
  lab: z.enum(LABS, { error: `a lab must be one of ${LABS.join(', ')}` }).describe('Which lab.'),
  quick: yesOrNo('quick').optional().describe('Fewer cases and rounds.'),
  python: pythonChoiceSchema
    .optional()
    .describe('Which Python; default: the first that is found. Without one, a lab does without and says so.'),
  seed: seed.describe('Seed of the order of the cases and of the resampling; default: random.'),
};
/** What a lab is asked to do. */
export interface LabSettings extends z.infer<z.ZodObject<typeof settings, z.core.$strict>> {}
export const labSettingsSchema: z.ZodType<{ kind: 'lab' } & LabSettings> = z.strictObject({
  kind: z.literal('lab').describe('The kind of the experiment.'),
  ...settings,
});

const resolvedLabSettings = z
  .strictObject({
    lab: z.enum(LABS).describe('Which lab.'),
    quick: z.boolean().describe('Whether there were fewer cases and rounds.'),
    workers: workers.describe(
      'Workers that race, and that break-even is told for: CPUs that the measuring process may use, 2 at least.',
    ),
    seed: uint32.describe('Seed of the order of the cases and of the resampling.'),
    python: pythonUsedSchema
      .nullable()
      .describe('The Python that took part; null where there is none: the rows of Python then say why.'),
  })
  .meta({ id: 'ResolvedLabSettings', description: 'Settings as they were resolved.' });
export interface ResolvedLabSettings extends z.infer<typeof resolvedLabSettings> {}
const resolvedLabSettingsSchema: z.ZodType<ResolvedLabSettings> = resolvedLabSettings;

const labBase = {
  ...reportBase,
  kind: z.literal('lab').describe('The kind of the experiment.'),
  settings: resolvedLabSettingsSchema.describe('What was run, every choice made.'),
};

// --- ipc

const ipcWay = z.enum(IPC_WAYS);

const ipcPoint = z.strictObject({
  way: ipcWay.describe('How the bytes reach the other worker.'),
  executor: executorKey.describe('Whose workers.'),
  bytes: count.describe('How many bytes.'),
  roundTripUs: measuredSchema
    .nullable()
    .describe(
      'The bytes there and back, one message at a time, µs, each time the very bytes that came back last; of shared memory a signal there and back, the bytes staying.',
    ),
  ownRoundTripUs: measuredSchema
    .nullable()
    .default(null)
    .describe(
      'The same of bytes that the sender has just made, as a task’s argument is; null where nothing moves, and in reports of before it was measured.',
    ),
  bytesPerSecond: measuredSchema
    .nullable()
    .describe(
      'Bytes a second in one direction, messages following one another; null where nothing moves (shared memory).',
    ),
  reason,
});
export interface IpcPoint extends z.infer<typeof ipcPoint> {}
const ipcPointSchema: z.ZodType<IpcPoint> = ipcPoint;

const breakEven = z.strictObject({
  executor: executorKey.describe('The workers that are handed tasks, by the way that is usual for them.'),
  way: ipcWay.describe('That way.'),
  against: z
    .enum(['inline', 'python-threads'])
    .describe(
      '`inline`: against one worker that does the tasks itself; `python-threads`: against the threads of an interpreter whose lock lets one run at a time.',
    ),
  bytes: count.describe('Of each task’s argument, and of its result.'),
  workers: workers.describe('How many workers.'),
  taskUs: taskLength
    .nullable()
    .describe('That length of a task, µs; null where no length does it, or nothing could be measured.'),
  because: text.describe('How it follows from the measured numbers, in a sentence.'),
});
/**
 * The length of a task from which handing it to workers is worth its price: against `inline`, one worker that does them
 * itself, or against the threads of an interpreter whose lock lets one run at a time.
 */
export interface BreakEven extends z.infer<typeof breakEven> {}
const breakEvenSchema: z.ZodType<BreakEven> = breakEven;

const ipcReport = z
  .strictObject({
    ...labBase,
    lab: z.literal('ipc').describe('The lab.'),
    sizes: z.array(count).describe('Sizes that were asked for, bytes, ascending.'),
    points: z.array(ipcPointSchema).describe('The price of each way at each size.'),
    breakEvens: z
      .array(breakEvenSchema)
      .describe('Lengths of a task from which handing it to workers is worth its price.'),
  })
  .meta({ id: 'IpcReport', description: 'The price of handing bytes over, by way and size.' });
export interface IpcReport extends z.infer<typeof ipcReport> {}

// --- race

const raceMethod = z.enum(['unlocked', 'atomics', 'lock', 'separate']);
/** How workers increment one counter. */
export type RaceMethod = z.infer<typeof raceMethod>;

const raceRow = z.strictObject({
  executor: executorKey.describe('Whose workers.'),
  method: raceMethod.describe('How they increment the counter.'),
  statement: text.describe('The statement that each worker repeats.'),
  workers: workers.describe('How many workers.'),
  increments: count.describe('Increments of a round, of all workers together; 0 where it was not measured.'),
  lostShare: measuredSchema.nullable().describe('Lost updates as a share of the increments; raw values by round.'),
  losing: count.describe('Rounds that lost any.'),
  rounds: count.describe('Rounds that were measured.'),
  verdict: z
    .enum(['lost', 'not-observed', 'cannot-race', 'not-measured'])
    .describe(
      '`lost`: updates were lost; `not-observed`: none was seen to be lost, which proves nothing; `cannot-race`: nothing is shared; `not-measured`.',
    ),
  couldLose: amount
    .max(1)
    .nullable()
    .describe(
      'Where none lost any: the share of rounds that may lose some and still show none in as many as these (95 %).',
    ),
  wallMs: measuredSchema.nullable().describe('Wall time of a round, ms.'),
  reason,
});
export interface RaceRow extends z.infer<typeof raceRow> {}
const raceRowSchema: z.ZodType<RaceRow> = raceRow;

const raceReport = z
  .strictObject({
    ...labBase,
    lab: z.literal('race').describe('The lab.'),
    rows: z.array(raceRowSchema).describe('Each executor and method.'),
  })
  .meta({ id: 'RaceReport', description: 'What comes of workers that increment one counter at the same time.' });
export interface RaceReport extends z.infer<typeof raceReport> {}

// --- memory

const memoryPoint = z.strictObject({
  workers: workers.describe('How many workers.'),
  residentBytes: finite.nullable().describe('Resident set, bytes.'),
  proportionalBytes: finite.nullable().describe('Shared pages divided by who shares them (PSS), bytes.'),
  privateBytes: finite.nullable().describe('Pages that nobody else has, bytes.'),
});

const memoryRow = z.strictObject({
  executor: executorKey.describe('Whose workers.'),
  processes: count
    .nullable()
    .describe('Process ids that did the work with `workers` workers: 1 where they share a process.'),
  workers: workers.describe('The most workers that there were.'),
  points: z
    .array(memoryPoint)
    .describe('Memory of all workers together by their number, less what there was without any; of the first climb.'),
  eachResidentBytes: measuredSchema.nullable().describe('What each further worker added, bytes.'),
  eachProportionalBytes: measuredSchema
    .nullable()
    .describe('The same of shared pages divided by who shares them (PSS), bytes.'),
  eachPrivateBytes: measuredSchema.nullable().describe('The same of pages that nobody else has, bytes.'),
  reason,
});
export interface MemoryRow extends z.infer<typeof memoryRow> {}
const memoryRowSchema: z.ZodType<MemoryRow> = memoryRow;

const visibilityRow = z.strictObject({
  executor: executorKey.describe('Whose workers.'),
  through: z
    .enum(['variable', 'shared-memory'])
    .describe('What is written: an ordinary variable, or memory that was made to be shared.'),
  what: text.describe('The same by its name in the language.'),
  seen: z.boolean().nullable().describe('Whether the other saw it; null where it was not measured.'),
  delayUs: measuredSchema.nullable().describe('From the write until the other sees it, µs; null where it is not seen.'),
  lookedMs: amount.nullable().describe('How long the other looked for a write that it did not see, ms.'),
  reason,
});
/** Whether a write by one worker is seen by another. */
export interface VisibilityRow extends z.infer<typeof visibilityRow> {}
const visibilityRowSchema: z.ZodType<VisibilityRow> = visibilityRow;

const memoryReport = z
  .strictObject({
    ...labBase,
    lab: z.literal('memory').describe('The lab.'),
    rows: z.array(memoryRowSchema).describe('What a further worker of each executor takes.'),
    visibility: z.array(visibilityRowSchema).describe('Whether a write by one worker is seen by another.'),
  })
  .meta({ id: 'MemoryReport', description: 'What a further worker takes of memory, and whose writes it sees.' });
export interface MemoryReport extends z.infer<typeof memoryReport> {}

// --- startup

const startupRow = z.strictObject({
  executor: executorKey.describe('Whose workers.'),
  start: z
    .enum(['cold', 'warm'])
    .describe('`cold`: the first worker of its kind, with all that it needs first; `warm`: one more beside it.'),
  readyMs: measuredSchema.nullable().describe('From asking for it until it can take a task, ms.'),
  firstResultMs: measuredSchema.nullable().describe('From handing it a task that does nothing to the result, ms.'),
  totalMs: measuredSchema.nullable().describe('Both together, ms.'),
  reason,
});
export interface StartupRow extends z.infer<typeof startupRow> {}
const startupRowSchema: z.ZodType<StartupRow> = startupRow;

const startupReport = z
  .strictObject({
    ...labBase,
    lab: z.literal('startup').describe('The lab.'),
    rows: z.array(startupRowSchema).describe('Each executor, cold and warm.'),
  })
  .meta({ id: 'StartupReport', description: 'From asking for a worker to its first result.' });
export interface StartupReport extends z.infer<typeof startupReport> {}

/** The report of a lab, told apart by `lab`. In every row `reason` says why it was not measured, or not to the end. */
export type LabReport = IpcReport | RaceReport | MemoryReport | StartupReport;
export const labReportSchema: z.ZodType<LabReport> = z
  .discriminatedUnion('lab', [ipcReport, raceReport, memoryReport, startupReport])
  .meta({ id: 'LabReport', description: 'The report of a lab, told apart by `lab`.' });
