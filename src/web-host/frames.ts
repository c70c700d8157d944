import { z } from 'zod';
import { MAX_IMPORT_BYTES, type EngineEvent, type ServerFrame } from '../contract';

/** The largest frame a client may send, in bytes: a report to import, each of whose quotes is escaped in it. */
export const MAX_FRAME_BYTES = 2 * MAX_IMPORT_BYTES;
/** The largest of any other command, in characters: its argument is never a document. */
const MAX_COMMAND = 64 * 1024;

const clientFrame = z.strictObject({
  id: z.int().nonnegative(),
  name: z.string().max(100),
  argument: z.unknown().optional(),
});

/** A client's frame, checked in form; which commands there are is the engine's to say. Null where it is none. */
export function parseClientFrame(text: string): { id: number; name: string; argument: unknown } | null {
  try {
    const { id, name, argument } = clientFrame.parse(JSON.parse(text));
    if (text.length > MAX_COMMAND && name !== 'importReport') return null;
    return { id, name, argument: argument ?? null };
  } catch {
    return null;
  }
}

/** A frame to a client, as text. */
export const serverFrame = (frame: ServerFrame): string => JSON.stringify(frame);

/** Whether a newer event of the same kind makes this one worthless: such may be dropped for a slow reader. */
export function isStale(event: EngineEvent): boolean {
  switch (event.type) {
    case 'sample':
    case 'blocks':
    case 'experiment-changed':
    case 'page-cost':
      return true;
    case 'pool-changed':
    case 'lines':
    case 'executors-changed':
    case 'app-settings-changed':
    case 'experiment-ended':
    case 'reports-changed':
    case 'reports-recovered':
    case 'module-offered':
    case 'warning':
      return false;
  }
}
