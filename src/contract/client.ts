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

/** Frames of the WebSocket: the same two kinds. */
export type ClientFrame = { id: number; name: CommandName; argument: unknown };
export type ServerFrame = { type: 'reply'; id: number; reply: Reply<unknown> } | { type: 'event'; event: EngineEvent };
