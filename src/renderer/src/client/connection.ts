import type { EngineClient } from '../../../contract';

/**
 * Whether the engine can be reached. Electron's bridge is always open; a socket may be lost and come back, or be refused:
 * to a page that has no good secret (`key`), or to any page at this address (`address`, with what the server says of it),
 * which nothing but another address mends.
 */
export type Connection =
  | { state: 'connecting' }
  | { state: 'open' }
  | { state: 'lost' }
  | { state: 'refused'; cause: 'key' }
  | { state: 'refused'; cause: 'address'; reason: string };

export interface ConnectedClient extends EngineClient {
  /** Tells the state now and at every change; returns the unsubscriber. */
  onConnection(listener: (connection: Connection) => void): () => void;
}
