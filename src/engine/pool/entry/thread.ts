import { workerData, type MessagePort } from 'node:worker_threads';
import { nowMs } from '../../clock';
import { Lines } from '../../read-lines';
import type { FromWorker, ToWorker } from '../messages';
import { Stamps } from '../stamps';
import { Server, type ServeOptions } from './serve';
import { ownTid } from './tid';

/** What the parent half hands to a new thread. */
export interface ThreadData extends Omit<ServeOptions, 'tid'> {
  port: MessagePort;
  stamps: SharedArrayBuffer;
}

const { port, stamps: memory, ...options } = workerData as ThreadData;
const stamps = new Stamps(memory);

for (const stream of [process.stdout, process.stderr]) {
  const lines = new Lines((text) => {
    port.postMessage({ type: 'line', text, atMs: nowMs() } satisfies FromWorker);
  });
  process.on('exit', () => {
    lines.end();
  });
  stream._write = (chunk: Buffer, _encoding, done) => {
    lines.add(chunk.toString());
    done();
  };
  stream._writev = undefined;
}

const server = new Server(
  {
    post: (message: FromWorker) => {
      port.postMessage(message);
    },
    claim: (seq, startedMs) => {
      // Before the claim: whoever sees the task as started must see since when.
      stamps.started(seq, startedMs);
      return stamps.claim(seq) ? 'mine' : 'taken-back';
    },
    stamped: (seq, startedMs, finishedMs) => {
      stamps.started(seq, startedMs);
      stamps.finished(seq, finishedMs);
      return true;
    },
  },
  { ...options, tid: ownTid() },
);
port.on('message', (message: ToWorker) => {
  server.receive(message);
});
