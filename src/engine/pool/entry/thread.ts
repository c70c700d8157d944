import { workerData, type MessagePort } from 'node:worker_threads';
import { nowMs } from '../../system/clock';
import { Lines } from '../../system/read-lines';
import { MARK_BYTES, MARK_FD, Mark } from '../mark';
import type { FromWorker, ToWorker } from '../messages';
import { Stamps } from '../stamps';
import { Server, type ServeOptions } from './serve';

/** What the parent half hands to a new thread. */
export interface ThreadData extends ServeOptions {
  port: MessagePort;
  stamps: SharedArrayBuffer;
  /** Where it marks its tasks for a process outside, in the file of its own process; null: nowhere. */
  markIndex: number | null;
}

const { port, stamps: memory, markIndex, ...options } = workerData as ThreadData;
// What the user's module finds there is who it is, and no way to speak in this worker's name.
for (const name of ['port', 'stamps', 'tasks', 'workload', 'markIndex'])
  Reflect.deleteProperty(workerData as object, name);
const post: (message: FromWorker) => void = port.postMessage.bind(port);
const stamps = new Stamps(memory);
const mark = markIndex === null ? null : new Mark(MARK_FD, markIndex * MARK_BYTES);

const outputs = [process.stdout, process.stderr].map((stream) => {
  const lines = new Lines((text) => {
    server.printed.add(text);
  });
  stream._write = (chunk: Buffer, _encoding, done) => {
    lines.add(chunk);
    done();
  };
  stream._writev = undefined;
  return lines;
});

const server = new Server(
  {
    post,
    endLines: () => {
      for (const lines of outputs) lines.end();
    },
    claim: (seq) => {
      // Before the claim: a reader that sees the task as started must also see since when.
      const startedMs = nowMs();
      stamps.started(seq, startedMs);
      if (!stamps.claim(seq)) return 'taken-back';
      if (mark === null) return startedMs;
      mark.write(seq, startedMs);
      // The write to a file is not the task's time.
      const markedMs = nowMs();
      stamps.started(seq, markedMs);
      return markedMs;
    },
    finished: (seq, finishedMs) => {
      stamps.finished(seq, finishedMs);
      return true;
    },
  },
  options,
);
port.on('message', (message: ToWorker) => {
  server.receive(message);
});
