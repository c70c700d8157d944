import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import type { EngineEvent } from '../contract';
import type { Engine } from '../engine';
import type { Access, Verdict } from './access';
import { isStale, MAX_FRAME_BYTES, parseClientFrame, serverFrame } from './frames';

/** Where the page finds the engine. */
export const SOCKET_PATH = '/socket';

/** A reader with this many bytes waiting gets no further progress events; with the second many it is cut off. */
const SLOW_BYTES = 1024 * 1024;
const STUCK_BYTES = 64 * 1024 * 1024;
/** A client with this many commands that are not answered, or whose answers it has not taken, is not read from. */
const MOST_OPEN = 64;

/** Close codes of RFC 6455, section 7.4.1. */
const GOING_AWAY = 1001;
const BAD_FRAME = 1008;

export interface EngineSocket {
  clients(): number;
  /** Progress events that were not sent because a reader was slow. */
  dropped(): number;
  /** Ends every connection. Idempotent. */
  close(): void;
}

/** Carries commands and events of `engine` over WebSockets of `server`. Clients come and go; a run does not care. */
export function serveSocket(server: Server, engine: Engine, access: Access): EngineSocket {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES });
  let dropped = 0;

  server.on('upgrade', (request, stream, head) => {
    const verdict = mayConnect(request, access);
    if (!verdict.ok) return refuse(stream, verdict.reason);
    sockets.handleUpgrade(request, stream, head, (socket) => {
      serveClient(socket, engine);
    });
  });

  const unsubscribe = engine.on((event) => {
    if (sockets.clients.size === 0) return;
    const frame = serverFrame({ type: 'event', event });
    const missed = [...sockets.clients].filter((socket) => !sendEvent(socket, event, frame)).length;
    dropped += missed;
    if (missed > 0) engine.dropped(missed);
  });

  return {
    clients: () => sockets.clients.size,
    dropped: () => dropped,
    close() {
      unsubscribe();
      for (const socket of sockets.clients) {
        socket.close(GOING_AWAY, 'Coreloom is ending.');
        socket.terminate();
      }
      sockets.close();
    },
  };
}

function mayConnect(request: IncomingMessage, access: Access): Verdict {
  if (request.url !== SOCKET_PATH) return { ok: false, reason: `The socket is at ${SOCKET_PATH}.` };
  // Every browser names the origin of a socket; what does not is no page of ours.
  if (request.headers.origin === undefined) return { ok: false, reason: 'This request names no origin.' };
  const source = access.checkSource(request.headers);
  return source.ok ? access.checkCookie(request.headers) : source;
}

function refuse(stream: Duplex, reason: string): void {
  stream.on('error', () => stream.destroy());
  stream.end(
    `HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${String(Buffer.byteLength(reason))}\r\n\r\n${reason}`,
  );
}

function serveClient(socket: WebSocket, engine: Engine): void {
  let open = 0;
  // ws closes the connection by itself after an error (a frame too large, a broken one).
  socket.on('error', () => {});
  socket.on('message', (data, isBinary) => {
    const frame = isBinary ? null : parseClientFrame(frameText(data));
    if (frame === null) {
      socket.close(BAD_FRAME, 'A frame must be JSON: { id, name, argument }.');
      return;
    }
    open++;
    if (open >= MOST_OPEN) socket.pause();
    void engine.call(frame.name, frame.argument).then((reply) => {
      // Called once the answer has left this process, or cannot leave it.
      socket.send(serverFrame({ type: 'reply', id: frame.id, reply }), () => {
        open--;
        if (open < MOST_OPEN && socket.isPaused) socket.resume();
      });
    });
  });
}

function frameText(data: RawData): string {
  if (Buffer.isBuffer(data)) return data.toString('utf8');
  return Buffer.concat(Array.isArray(data) ? data : [Buffer.from(data)]).toString('utf8');
}

/** Answers false where the event was dropped. */
function sendEvent(socket: WebSocket, event: EngineEvent, frame: string): boolean {
  if (socket.readyState !== socket.OPEN) return true;
  if (socket.bufferedAmount > STUCK_BYTES) socket.terminate();
  if (socket.bufferedAmount > SLOW_BYTES && isStale(event)) return false;
  socket.send(frame, () => {});
  return true;
}
