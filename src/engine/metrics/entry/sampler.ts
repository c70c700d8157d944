import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort } from 'node:worker_threads';
import { serveSampler } from '../serve';
import { serveSlowReadings } from '../slow/slow-thread';

// One file, two roles: the sampler's process, and the thread in it that may block.
if (isMainThread) serveSampler(fileURLToPath(import.meta.url));
else if (parentPort !== null) serveSlowReadings(parentPort);
