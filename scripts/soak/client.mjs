// A client of `coreloom serve`, as a page is one: comes in by the printed address, then calls and listens.
import { once } from 'node:events';
import { WebSocket } from 'ws';

/** Opens the socket with the token of a printed address, and waits until it was let in. */
export async function connect(address) {
  const { origin, host, searchParams } = new URL(address);
  const socket = new WebSocket(`ws://${host}/socket`, ['coreloom', searchParams.get('token') ?? ''], {
    headers: { Origin: origin },
  });
  await once(socket, 'message');
  return client(socket);
}

function client(socket) {
  const waiting = new Map();
  const listeners = new Set();
  let nextId = 0;
  socket.on('message', (data) => {
    const frame = JSON.parse(data.toString());
    if (frame.type === 'event') for (const listener of listeners) listener(frame.event);
    else take(waiting, frame);
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    for (const { failed } of waiting.values()) failed(new Error('The socket was closed.'));
    waiting.clear();
  });
  return {
    /** Answers a command's result; throws its error with its code. */
    call(name, argument = null) {
      nextId += 1;
      const id = nextId;
      return new Promise((done, failed) => {
        waiting.set(id, { done, failed });
        socket.send(JSON.stringify({ id, name, argument }));
      });
    },
    on(listener) {
      listeners.add(listener);
    },
    /** Reads nothing any more, as a page that hangs. */
    hang() {
      socket.pause();
    },
    /** Leaves as a page does that is closed or crashes. */
    leave() {
      socket.terminate();
    },
  };
}

function take(waiting, { id, reply }) {
  const { done, failed } = waiting.get(id);
  waiting.delete(id);
  if (reply.ok) done(reply.value);
  else failed(Object.assign(new Error(`${reply.error.code}: ${reply.error.message}`), { code: reply.error.code }));
}
