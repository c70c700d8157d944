import type { Page } from 'playwright-core';
import type { Bridge, CommandArgument, CommandName, CommandResult, EngineEvent, Reply } from '../../../src/contract';

export type BridgedWindow = Window & { coreloom: Bridge };

/** Calls a command through the page's bridge and answers the reply as it came. */
export function reply(page: Page, name: string, argument: unknown): Promise<Reply<unknown>> {
  return page.evaluate(
    ({ name, argument }) => (window as unknown as BridgedWindow).coreloom.call(name as CommandName, argument),
    { name, argument },
  );
}

/** Calls a command through the page's bridge; throws where it failed. */
export async function call<N extends CommandName>(
  page: Page,
  name: N,
  argument: CommandArgument<N>,
): Promise<CommandResult<N>> {
  const answer = await reply(page, name, argument);
  if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`);
  return answer.value as CommandResult<N>;
}

/** Waits in the page for the first event of a type from now on, at most 15 s. */
export function nextEvent<T extends EngineEvent['type']>(
  page: Page,
  type: T,
): Promise<Extract<EngineEvent, { type: T }>> {
  return page.evaluate(
    (wanted) =>
      new Promise<never>((resolve, reject) => {
        const timer = setTimeout(() => {
          reject(new Error(`No event ${wanted} came.`));
        }, 15_000);
        const stop = (window as unknown as BridgedWindow).coreloom.on((event) => {
          if (event.type !== wanted) return;
          clearTimeout(timer);
          stop();
          resolve(event as never);
        });
      }),
    type,
  );
}
