import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort } from 'node:worker_threads';
import { serveSampler } from '../serve';

// One file, two roles: the sampler's process, and the thread in it that may block. What that needs (systeminformation) it
// alone loads.
if (isMainThread) serveSampler(fileURLToPath(import.meta.url));
else if (parentPort !== null) (await import('../slow/slow-thread')).serveSlowReadings(parentPort);
