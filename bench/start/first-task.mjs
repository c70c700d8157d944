// Loaded into a command by bench/start.mjs: tells when its first task is handed to a worker thread, and what CPU time its
// process and those that it started have used by then.
import { readFileSync, writeFileSync } from 'node:fs';
import { isMainThread, MessagePort } from 'node:worker_threads';

const file = process.env.CORELOOM_FIRST_TASK;

/** CPU time of a process so far, ms. */
function usedMs(pid) {
  const words = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1).split(' ');
  return (Number(words[11]) + Number(words[12])) * 10;
}

if (isMainThread && file !== undefined) {
  const post = MessagePort.prototype.postMessage;
  MessagePort.prototype.postMessage = function (message, ...rest) {
    // Tasks come as a list; every other message is an object.
    if (Array.isArray(message)) {
      MessagePort.prototype.postMessage = post;
      const atMs = Number(process.hrtime.bigint()) / 1e6;
      const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'latin1')
        .trim()
        .split(' ')
        .filter(Boolean);
      const cpuMs = [process.pid, ...children].reduce((sum, pid) => sum + usedMs(pid), 0);
      writeFileSync(file, JSON.stringify({ atMs, cpuMs }));
    }
    return post.call(this, message, ...rest);
  };
}
