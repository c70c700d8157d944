import { fstatSync } from 'node:fs';
import { serialize } from 'node:v8';
import type { ExecutorKey } from '../../../contract';
import { nowMs } from '../../system/clock';
import { forgetAsNode } from '../../system/environment';
import { LOOK_AFTER_MS, MARK_FD, Mark } from '../mark';
import type { ToWorker } from '../messages';
import { ChildWire } from '../wire';
import { listen, Server } from './serve';

const [executor, worker, tasks, workload, marked, framed] = process.argv.slice(2) as [
  ExecutorKey,
  string,
  string,
  string,
  string,
  string,
];
const mark = marked === 'marked' && fstatSync(MARK_FD).isFile() ? new Mark(MARK_FD) : null;

let lastStartedMs = 0;

forgetAsNode();

const NEW_LINE = 10;

// The parent decides when this process ends: a terminal or a service manager signals the whole group.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
listen('disconnect', () => {
  void server.leave();
});
// The channel alone would not: a module may take it out of what keeps this process alive.
setInterval(() => undefined, 2 ** 30);

/**
 * What is written has left this process before the results that follow it, and before its end: else Node keeps what the
 * pipe has no room for, and drops it. The parent cannot tell that a line which was not ended never will be.
 */
const outputs = [process.stdout, process.stderr].map((stream) => {
  (stream as unknown as { _handle?: { setBlocking?(blocking: boolean): void } })._handle?.setBlocking?.(true);
  const write = stream.write.bind(stream) as (...rest: unknown[]) => boolean;
  let begun = false;
  stream.write = (...written: unknown[]) => {
    const [chunk] = written;
    if ((typeof chunk === 'string' || chunk instanceof Uint8Array) && chunk.length > 0)
      begun = chunk.at(-1) !== '\n' && chunk.at(-1) !== NEW_LINE;
    return write(...written);
  };
  return {
    endLine(): void {
      if (begun) stream.write('\n');
    },
  };
});

const wire = new ChildWire(framed === 'framed');
listen('message', (message: ToWorker) => {
  server.receive(wire.read(message));
});
const server = new Server(
  {
    post: (message) => {
      wire.post(message);
    },
    clone: serialize,
    claim: (seq) => {
      const startedMs = nowMs();
      if (mark === null) return startedMs;
      mark.write(seq, startedMs);
      // Start the task's time after the write; `Mark.takeBack` says why reading the limit after it is safe.
      const markedMs = nowMs();
      const sinceLastMs = markedMs - lastStartedMs;
      lastStartedMs = startedMs;
      if (sinceLastMs <= LOOK_AFTER_MS) return markedMs;
      return mark.takenBack(seq) ? 'all-taken-back' : nowMs();
    },
    endLines: () => {
      for (const output of outputs) output.endLine();
    },
    finished: () => false,
  },
  { executor, worker: Number(worker), tasks, workload: workload === '' ? null : workload },
);
