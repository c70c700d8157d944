/** Runs tasks of the built task module in whatever started it, a worker thread or a forked process. */
import { pathToFileURL } from 'node:url';
import { parentPort } from 'node:worker_threads';

const { run } = await import(pathToFileURL(process.argv[2]).href);
const context = { executor: 'threads', worker: 1, print() {} };
const answer = (message) => (parentPort === null ? process.send(message) : parentPort.postMessage(message));

(parentPort ?? process).on('message', async (task) => {
  if (task === 'exit') process.exit(0);
  try {
    answer(await run(task, context));
  } catch ({ code, message }) {
    answer({ code, message });
  }
});
answer('ready');
