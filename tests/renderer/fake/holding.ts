import type { Bridge, CommandName, Reply } from '../../../src/contract';
import type { FakeEngine } from './engine';

/** A bridge whose `updateExperiment` answers only when told. */
export function holding(fake: FakeEngine): { bridge: Bridge; sent: unknown[]; release(): void } {
  const sent: unknown[] = [];
  let waiting: (() => void)[] = [];
  const call = async (name: CommandName, argument: unknown): Promise<Reply<unknown>> => {
    if (name === 'updateExperiment') {
      sent.push(argument);
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    return fake.bridge.call(name, argument);
  };
  return {
    bridge: { call, on: (listener) => fake.bridge.on(listener) },
    sent,
    release() {
      const due = waiting;
      waiting = [];
      for (const resolve of due) resolve();
    },
  };
}
