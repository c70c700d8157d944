import { join } from 'node:path';
import { nowMs } from '../../../system/clock';
import type { Ask } from '../asks';
import { climb } from './climb';
import { createIpcBlocks } from './ipc';
import { createRaces, look, start } from './probes';

/**
 * Node's side of the labs: a process of its own, so that what is measured is not mixed with the engine's, and so that
 * it can be ended at any moment. It is asked one thing at a time; all that it starts ends with it.
 */
const entry = join(import.meta.dirname, 'lab-worker.js');
const ipcBlock = createIpcBlocks(entry);
const race = createRaces(entry);

function measure(ask: Ask): Promise<unknown> {
  switch (ask.type) {
    case 'ipc':
      return ipcBlock(ask);
    case 'race':
      return race(ask);
    case 'climb':
      return climb(entry, ask);
    case 'visibility':
      return look(entry, ask);
    case 'startup':
      return start(entry, ask.executor);
    case 'clock':
      return Promise.resolve({ stampMs: nowMs() });
  }
}

/** With all of its group, where the system has groups: workers that count see no channel close. */
function end(): never {
  if (process.platform !== 'win32') {
    try {
      process.kill(-process.pid, 'SIGKILL');
    } catch {
      // It leads no group.
    }
  }
  process.exit(0);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('disconnect', end);
process.on('message', (ask: Ask) => {
  measure(ask).then(
    (value) => process.send?.({ ok: true, value }),
    (error: unknown) => process.send?.({ ok: false, message: error instanceof Error ? error.message : String(error) }),
  );
});
