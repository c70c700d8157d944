import type { EngineEvent, Reply } from '../../src/contract';
import type { Engine } from '../../src/engine';

export interface FakeEngine extends Engine {
  calls: { name: unknown; argument: unknown }[];
  emit(event: EngineEvent): void;
  listeners(): number;
  /** How many events the host said it left out. */
  droppedEvents(): number;
}

/** An engine for tests of what stands around one: answers what it is told to, emits what it is told to. */
export function fakeEngine(
  answer: (name: unknown, argument: unknown) => Reply<unknown> | Promise<Reply<unknown>> = () => ({
    ok: true,
    value: null,
  }),
): FakeEngine {
  const listeners = new Set<(event: EngineEvent) => void>();
  let droppedEvents = 0;
  const calls: FakeEngine['calls'] = [];
  return {
    calls,
    call: async (name, argument) => {
      calls.push({ name, argument });
      return answer(name, argument);
    },
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    emit(event) {
      for (const listener of listeners) listener(event);
    },
    listeners: () => listeners.size,
    dropped: (events) => void (droppedEvents += events),
    droppedEvents: () => droppedEvents,
    busy: () => false,
    close: async () => {},
  };
}
