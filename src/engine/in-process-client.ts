import { CoreloomError, type CommandResult, type EngineClient } from '../contract';
import type { Engine } from './engine';

/** A client that speaks to an engine in its own process, through the same validation as any other. */
export function inProcessClient(engine: Engine): EngineClient {
  return {
    async call(name, argument) {
      const reply = await engine.call(name, argument);
      if (!reply.ok) throw new CoreloomError(reply.error.code, reply.error.message);
      return reply.value as CommandResult<typeof name>;
    },
    on: (listener) => engine.on(listener),
  };
}
