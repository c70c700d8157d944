// The least that can be done with a worker: one message there, one back.
import { parentPort } from 'node:worker_threads';
import { run } from './tasks.mjs';

const work = ({ task, times }) => {
  let result;
  for (let i = 0; i < times; i += 1) result = run(task);
  return result;
};
if (parentPort !== null) parentPort.on('message', (message) => parentPort.postMessage(work(message)));
else process.on('message', (message) => process.send(work(message)));
