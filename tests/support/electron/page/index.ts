import { decode, encode } from '../codec';
import { DROPPED_CHANNEL } from '../wire';
import { contextBridge } from './context-bridge';

type Listener = (event: object, ...args: unknown[]) => void;
type Invoke = (packed: string) => Promise<string>;

interface Packet {
  channel: string;
  args: unknown[];
}

/** Takes the display's ends out of the page's sight and answers what a sandboxed preload may require. */
export function install(names: { invoke: string; deliver: string }): (name: string) => unknown {
  const globals = window as unknown as Record<string, unknown>;
  const invoke = globals[names.invoke] as Invoke;
  Reflect.deleteProperty(globals, names.invoke);
  const listeners = new Map<string, Listener[]>();

  let dropped = new Map<string, string>();

  const deliver = (packed: string): void => {
    const { channel, args } = decode(packed) as Packet;
    if (channel === DROPPED_CHANNEL) dropped = new Map(args as [string, string][]);
    for (const listener of [...(listeners.get(channel) ?? [])]) listener({ sender: null, ports: [] }, ...args);
  };
  Object.defineProperty(globals, names.deliver, { value: deliver, enumerable: false });

  const ipcRenderer = {
    async invoke(channel: string, ...args: unknown[]): Promise<unknown> {
      const answer = decode(await invoke(encode({ channel, args }))) as
        { ok: true; value: unknown } | { ok: false; message: string };
      if (!answer.ok) throw new Error(answer.message);
      return answer.value;
    },
    on(channel: string, listener: Listener): void {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
    },
    removeListener(channel: string, listener: Listener): void {
      listeners.set(
        channel,
        (listeners.get(channel) ?? []).filter((known) => known !== listener),
      );
    },
  };

  /** A file that a script made has no path, as in Electron; one that was dropped is known by its name. */
  const webUtils = {
    getPathForFile(file: unknown): string {
      if (!(file instanceof File))
        throw new TypeError('getPathForFile expected to receive a File object but one was not provided');
      return dropped.get(file.name) ?? '';
    },
  };

  return (name) => {
    if (name === 'electron') return { contextBridge, ipcRenderer, webUtils };
    throw new Error(`module not found: ${name}`);
  };
}
