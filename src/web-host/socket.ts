import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { SOCKET_PATH, SOCKET_PROTOCOL, SOCKET_REFUSED, type EngineEvent } from '../contract';
import type { Engine } from '../engine';
import { OPEN_PRINTED, type Access, type Session, type Verdict } from './access';
import { isStale, MAX_FRAME_BYTES, parseClientFrame, serverFrame } from './frames';
import { mostConnections, openFileLimit, type Guests } from './guests';

/** A reader with this many bytes waiting gets no further progress events; with the second many it is cut off. */
const SLOW_BYTES = 1024 * 1024;
const STUCK_BYTES = 64 * 1024 * 1024;
/** A client with this many commands that are not answered, or whose answers it has not taken, is not read from. */
const MOST_OPEN = 64;

/** Close codes of RFC 6455, section 7.4.1. */
const GOING_AWAY = 1001;
const BAD_FRAME = 1008;
const TRY_LATER = 1013;

export interface EngineSocket {
  clients(): number;
  /** Progress events that were not sent because a reader was slow. */
  dropped(): number;
  /** Ends every connection. Idempotent. */
  close(): void;
}

export interface SocketOptions {
  server: Server;
  engine: Engine;
  access: Access;
  guests: Guests;
}

/** Carries commands and events of `engine` over WebSockets of `server`. Clients come and go; a run does not care. */
export function serveSocket({ server, engine, access, guests }: SocketOptions): EngineSocket {
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: MAX_FRAME_BYTES,
    handleProtocols: () => SOCKET_PROTOCOL,
  });
  const clients = new Set<WebSocket>();
  const mostClients = mostConnections(openFileLimit());
  let dropped = 0;

  const welcome = (socket: WebSocket, stream: Duplex, session: Session): void => {
    guests.release(stream);
    clients.add(socket);
    session.hangUp = () => {
      turnAway(socket, stream, SOCKET_REFUSED, `This session was ended. ${OPEN_PRINTED}`);
    };
    socket.on('close', () => {
      clients.delete(socket);
      session.hangUp = null;
    });
    socket.send(serverFrame({ type: 'welcome', session: session.secret }));
    serveClient(socket, engine);
  };

  server.on('upgrade', (request, stream, head) => {
    const verdict = mayAsk(request, access);
    if (!verdict.ok) return refuse(stream, verdict.reason);
    sockets.handleUpgrade(request, stream, head, (socket) => {
      // ws closes the connection by itself after an error (a frame too large, a broken one).
      socket.on('error', () => {});
      if (clients.size >= mostClients)
        return turnAway(
          socket,
          stream,
          TRY_LATER,
          'Too many pages are connected to Coreloom: close one and try again.',
        );
      const session = access.enter(protocolsOf(request).slice(1));
      if (session === null) turnAway(socket, stream, SOCKET_REFUSED, OPEN_PRINTED);
      else welcome(socket, stream, session);
    });
  });

  const unsubscribe = engine.on((event) => {
    if (clients.size === 0) return;
    const frame = serverFrame({ type: 'event', event });
    const missed = [...clients].filter((socket) => !sendEvent(socket, event, frame)).length;
    dropped += missed;
    if (missed > 0) engine.dropped(missed);
  });

  return {
    clients: () => clients.size,
    dropped: () => dropped,
    close() {
      unsubscribe();
      for (const socket of clients) {
        socket.close(GOING_AWAY, 'Coreloom is closing.');
        socket.terminate();
      }
      sockets.close();
    },
  };
}

/** What a connection offers: our protocol, then the secrets of its page. */
function protocolsOf({ headers }: IncomingMessage): string[] {
  return (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
}

function mayAsk(request: IncomingMessage, access: Access): Verdict {
  if (request.url !== SOCKET_PATH) return { ok: false, reason: `The socket is at ${SOCKET_PATH}.` };
  // Every browser names the origin of a socket; what does not is no page of ours.
  if (request.headers.origin === undefined) return { ok: false, reason: 'This request has no Origin header.' };
  if (protocolsOf(request)[0] !== SOCKET_PROTOCOL)
    return { ok: false, reason: `The socket accepts only the protocol ${SOCKET_PROTOCOL}.` };
  return access.checkSource(request.headers);
}

/** Answers in HTTP, and is rid of the connection as soon as the system has the answer, whether or not it is read. */
function refuse(stream: Duplex, reason: string): void {
  stream.on('error', () => stream.destroy());
  const head = `HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${String(Buffer.byteLength(reason))}`;
  stream.end(`${head}\r\n\r\n${reason}`, () => stream.destroy());
}

/** Says why in a close frame, which a page can read, and does not wait for its answer. */
function turnAway(socket: WebSocket, stream: Duplex, code: number, reason: string): void {
  socket.close(code, reason);
  stream.end(() => stream.destroy());
}

function serveClient(socket: WebSocket, engine: Engine): void {
  let open = 0;
  socket.on('message', (data, isBinary) => {
    const frame = isBinary ? null : parseClientFrame(frameText(data));
    if (frame === null) {
      socket.close(BAD_FRAME, 'A message must be JSON: { id, name, argument }.');
      return;
    }
    open++;
    if (open >= MOST_OPEN) socket.pause();
    void engine.call(frame.name, frame.argument).then((reply) => {
      // Called once the answer has left this process, or cannot leave it.
      deliver(socket, serverFrame({ type: 'reply', id: frame.id, reply }), () => {
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
  if (socket.bufferedAmount > SLOW_BYTES && isStale(event)) return false;
  deliver(socket, frame, () => {});
  return true;
}

/** Sends a frame, or cuts off a reader that leaves too much waiting. */
function deliver(socket: WebSocket, frame: string, done: () => void): void {
  if (socket.bufferedAmount > STUCK_BYTES) socket.terminate();
  else socket.send(frame, done);
}
