import {
  CoreloomError,
  type Bridge,
  type CommandArgument,
  type CommandName,
  type CommandResult,
  type Reply,
} from '../../../contract';
import type { ConnectedClient } from './connection';

/** A reply's value; throws its error as a `CoreloomError`. */
export function valueOf(reply: Reply<unknown>): unknown {
  if (reply.ok) return reply.value;
  throw new CoreloomError(reply.error.code, reply.error.message);
}

/** The client over what Electron's preload script exposes. */
export function bridgeClient(bridge: Bridge): ConnectedClient {
  return {
    async call<N extends CommandName>(name: N, argument: CommandArgument<N>): Promise<CommandResult<N>> {
      return valueOf(await bridge.call(name, argument)) as CommandResult<N>;
    },
    on: (listener) => bridge.on(listener),
    onConnection(listener) {
      listener({ state: 'open' });
      return () => {};
    },
  };
}
