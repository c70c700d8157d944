import type { CommandArgument, CommandName, CommandResult, EngineEvent } from '../../src/contract';

export interface SoakClient {
  call<N extends CommandName>(name: N, argument: CommandArgument<N>): Promise<CommandResult<N>>;
  on(listener: (event: EngineEvent) => void): void;
  hang(): void;
  leave(): void;
}
export function connect(address: string): Promise<SoakClient>;
