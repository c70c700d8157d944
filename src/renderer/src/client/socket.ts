import {
  CoreloomError,
  type ClientFrame,
  type CommandArgument,
  type CommandName,
  type CommandResult,
  type EngineEvent,
  type Reply,
  type ServerFrame,
  SOCKET_REFUSED,
} from '../../../contract';
import { valueOf } from './bridge';
import type { ConnectedClient, Connection } from './connection';

/** The part of a WebSocket that is used. */
export interface Socket {
  send(text: string): void;
  onclose: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
}

export interface SocketOptions {
  open(): Socket;
  /** Told each time the engine lets this page in, with the secret that does so the next time. */
  welcomed(session: string): void;
  /** Runs the callback after a time, in ms. */
  wait(ms: number, callback: () => void): void;
  /** Asks the server in HTTP why it refuses this page: a browser does not say how the opening of a socket was answered. Null where it does not refuse, or cannot be reached. */
  refusal(): Promise<string | null>;
}

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5000;

/** The client over a WebSocket: the frames of the contract, and a connection that is taken up again with a back-off. */
export function socketClient(options: SocketOptions): ConnectedClient {
  const calls = new Map<number, (reply: Reply<unknown>) => void>();
  const listeners = new Set<(event: EngineEvent) => void>();
  const watchers = new Set<(connection: Connection) => void>();
  let connection: Connection = { state: 'connecting' };
  let socket: Socket | null = null;
  let nextId = 1;
  let retryMs = FIRST_RETRY_MS;

  const become = (next: Connection): void => {
    connection = next;
    for (const watcher of watchers) watcher(next);
  };
  const receive = (from: Socket, frame: ServerFrame): void => {
    if (frame.type === 'welcome') {
      socket = from;
      retryMs = FIRST_RETRY_MS;
      options.welcomed(frame.session);
      become({ state: 'open' });
      return;
    }
    if (frame.type === 'event') {
      for (const listener of listeners) listener(frame.event);
      return;
    }
    const settle = calls.get(frame.id);
    calls.delete(frame.id);
    settle?.(frame.reply);
  };
  const lose = ({ code }: Pick<CloseEvent, 'code'>): void => {
    socket = null;
    const lost = [...calls.values()];
    calls.clear();
    for (const settle of lost) settle({ ok: false, error: DISCONNECTED });
    if (code === SOCKET_REFUSED) become({ state: 'refused', cause: 'key' });
    else {
      become({ state: 'lost' });
      options.wait(retryMs, open);
      retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
      void askWhy();
    }
  };
  async function askWhy(): Promise<void> {
    const reason = await options.refusal();
    if (reason !== null && connection.state === 'lost') become({ state: 'refused', cause: 'address', reason });
  }
  function open(): void {
    if (connection.state === 'refused') return;
    const opened = options.open();
    opened.onclose = lose;
    opened.onmessage = (event: MessageEvent<string>) => {
      receive(opened, JSON.parse(event.data) as ServerFrame);
    };
  }
  open();

  return {
    async call<N extends CommandName>(name: N, argument: CommandArgument<N>): Promise<CommandResult<N>> {
      if (socket === null) throw new CoreloomError(DISCONNECTED.code, DISCONNECTED.message);
      const frame: ClientFrame = { id: nextId++, name, argument };
      const reply = new Promise<Reply<unknown>>((resolve) => calls.set(frame.id, resolve));
      socket.send(JSON.stringify(frame));
      return valueOf(await reply) as CommandResult<N>;
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onConnection(watcher) {
      watchers.add(watcher);
      watcher(connection);
      return () => watchers.delete(watcher);
    },
  };
}

const DISCONNECTED = { code: 'disconnected', message: 'Coreloom cannot be reached. Retrying…' } as const;
