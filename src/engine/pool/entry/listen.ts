type Listener = (...heard: never[]) => void;

const listeners: { event: string; listener: Listener }[] = [];
const { on, removeAllListeners } = process as unknown as {
  on(event: string, listener: Listener): void;
  removeAllListeners(event?: string): void;
};

/** Listens to an event of this process, also after a module of the user removes all listeners there are. */
export function listen(event: 'message', listener: (message: never) => void): void;
export function listen(event: 'disconnect' | 'exit', listener: () => void): void;
export function listen(event: 'uncaughtException', listener: (error: unknown, origin: string) => void): void;
export function listen(event: string, listener: Listener): void {
  listeners[listeners.length] = { event, listener };
  add(event, listener);
}

const add: typeof on = on.bind(process);
const removeAll: typeof removeAllListeners = removeAllListeners.bind(process);

process.removeAllListeners = ((...which: [event?: string]) => {
  removeAll(...which);
  for (const { event, listener } of listeners) if (which.length === 0 || which[0] === event) add(event, listener);
  return process;
}) as typeof process.removeAllListeners;
