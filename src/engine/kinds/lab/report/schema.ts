import { z } from 'zod';
import { IPC_WAYS, LABS, type LabReport } from '../../../../contract';
import {
  amount,
  base,
  count,
  executor,
  finite,
  python,
  text,
  uint32,
  workers,
  type Flat,
  type Same,
} from '../../../report/schema-parts';

const estimate = z.strictObject({ value: finite, low: finite, high: finite });
const measured = z
  .strictObject({ value: finite, low: finite, high: finite, values: z.array(finite) })
  .meta({ id: 'Measured' });
const reason = text.nullable();

const settings = z
  .strictObject({ lab: z.enum(LABS), quick: z.boolean(), workers, seed: uint32, python: python.nullable() })
  .meta({ id: 'ResolvedLabSettings' });

const labBase = { ...base, kind: z.literal('lab'), settings };

const ipc = z
  .strictObject({
    ...labBase,
    lab: z.literal('ipc'),
    sizes: z.array(count),
    points: z.array(
      z.strictObject({
        way: z.enum(IPC_WAYS),
        executor,
        bytes: count,
        roundTripUs: measured.nullable(),
        ownRoundTripUs: measured.nullable().default(null),
        bytesPerSecond: measured.nullable(),
        reason,
      }),
    ),
    breakEvens: z.array(
      z.strictObject({
        executor,
        way: z.enum(IPC_WAYS),
        against: z.enum(['inline', 'python-threads']),
        bytes: count,
        workers,
        taskUs: estimate.nullable(),
        because: text,
      }),
    ),
  })
  .meta({ id: 'IpcReport' });

const race = z
  .strictObject({
    ...labBase,
    lab: z.literal('race'),
    rows: z.array(
      z.strictObject({
        executor,
        method: z.enum(['unlocked', 'atomics', 'lock', 'separate']),
        statement: text,
        workers,
        increments: count,
        lostShare: measured.nullable(),
        losing: count,
        rounds: count,
        verdict: z.enum(['lost', 'not-observed', 'cannot-race', 'not-measured']),
        couldLose: amount.max(1).nullable(),
        wallMs: measured.nullable(),
        reason,
      }),
    ),
  })
  .meta({ id: 'RaceReport' });

const memory = z
  .strictObject({
    ...labBase,
    lab: z.literal('memory'),
    rows: z.array(
      z.strictObject({
        executor,
        processes: count.nullable(),
        workers,
        points: z.array(
          z.strictObject({
            workers,
            residentBytes: finite.nullable(),
            proportionalBytes: finite.nullable(),
            privateBytes: finite.nullable(),
          }),
        ),
        eachResidentBytes: measured.nullable(),
        eachProportionalBytes: measured.nullable(),
        eachPrivateBytes: measured.nullable(),
        reason,
      }),
    ),
    visibility: z.array(
      z.strictObject({
        executor,
        through: z.enum(['variable', 'shared-memory']),
        what: text,
        seen: z.boolean().nullable(),
        delayUs: measured.nullable(),
        lookedMs: amount.nullable(),
        reason,
      }),
    ),
  })
  .meta({ id: 'MemoryReport' });

const startup = z
  .strictObject({
    ...labBase,
    lab: z.literal('startup'),
    rows: z.array(
      z.strictObject({
        executor,
        start: z.enum(['cold', 'warm']),
        readyMs: measured.nullable(),
        firstResultMs: measured.nullable(),
        totalMs: measured.nullable(),
        reason,
      }),
    ),
  })
  .meta({ id: 'StartupReport' });

/** The shape of a lab's report, told apart by `lab`. */
export const labSchema = z.discriminatedUnion('lab', [ipc, race, memory, startup]).meta({ id: 'LabReport' });
true satisfies Same<Flat<z.infer<typeof labSchema>>, Flat<LabReport>>;
