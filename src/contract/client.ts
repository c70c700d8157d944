import type { CommandArgument, CommandName, CommandResult } from './commands';
import type { Reply } from './errors';
import type { EngineEvent } from './events';

/** The two channels that cross every boundary. */
export const CALL_CHANNEL = 'coreloom:call';
export const EVENT_CHANNEL = 'coreloom:event';

/** What the renderer and other front ends hold; the same over Electron's IPC, a WebSocket and in process. */
export interface EngineClient {
  /** Answers the command's result, or rejects with a `CoreloomError`. */
  call<N extends CommandName>(name: N, argument: CommandArgument<N>): Promise<CommandResult<N>>;
  /** Subscribes to events; returns the unsubscriber. */
  on(listener: (event: EngineEvent) => void): () => void;
}

/** What the preload script exposes as `window.coreloom`, and nothing else. */
export interface Bridge {
  call(name: CommandName, argument: unknown): Promise<Reply<unknown>>;
  on(listener: (event: EngineEvent) => void): () => void;
}

/** Where a page that a web host served finds the engine. */
export const SOCKET_PATH = '/socket';
/** The subprotocol of that WebSocket. The page offers its secrets behind it, each as a subprotocol: no address has them. */
export const SOCKET_PROTOCOL = 'coreloom';
/** The close code for a page whose secrets open nothing; RFC 6455 leaves 4000 and above to applications. */
export const SOCKET_REFUSED = 4403;

/** Frames of the WebSocket: the same two kinds, behind a first one with the secret that brings the page back in. */
export type ClientFrame = { id: number; name: CommandName; argument: unknown };
export type ServerFrame =
  | { type: 'welcome'; session: string }
  | { type: 'reply'; id: number; reply: Reply<unknown> }
  | { type: 'event'; event: EngineEvent };
