import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';
import {
  CALL_CHANNEL,
  COMMAND_NAMES,
  EVENT_CHANNEL,
  type Bridge,
  type EngineEvent,
  type ErrorInfo,
  type Reply,
} from '../contract';

const NAMES: ReadonlySet<unknown> = new Set(COMMAND_NAMES);

function refused(code: ErrorInfo['code'], message: string): Reply<never> {
  return { ok: false, error: { code, message } };
}

/** What `invoke` rejects with is a message alone; the page gets a code. */
function unsent(error: unknown): Reply<never> {
  const message = error instanceof Error ? error.message : String(error);
  return message.includes('could not be cloned')
    ? refused('bad-input', 'The argument contains a value that cannot be sent to the engine: use plain data.')
    : refused('disconnected', `The engine did not answer: ${message}`);
}

const listeners = new Set<(event: EngineEvent) => void>();

/**
 * A file that a person dropped becomes the event that the menu's file becomes. So the page is never given a way to ask
 * for a path, and hears of no file but one that came by a drop.
 */
window.addEventListener(
  'drop',
  (event) => {
    const files = event.isTrusted ? event.dataTransfer?.files : undefined;
    const file = files?.[0];
    if (file === undefined || files?.length !== 1) return;
    const path = webUtils.getPathForFile(file);
    if (path === '') return;
    for (const listener of listeners) listener({ type: 'module-offered', path });
  },
  true,
);

const bridge: Bridge = {
  async call(name, argument) {
    if (!NAMES.has(name)) return refused('unknown-command', `There is no command "${String(name)}".`);
    try {
      return (await ipcRenderer.invoke(CALL_CHANNEL, name, argument)) as Reply<unknown>;
    } catch (error) {
      return unsent(error);
    }
  },

  on(listener) {
    // The event object carries the sender: it stays on this side.
    const forward = (_event: IpcRendererEvent, engineEvent: EngineEvent): void => {
      listener(engineEvent);
    };
    ipcRenderer.on(EVENT_CHANNEL, forward);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      ipcRenderer.removeListener(EVENT_CHANNEL, forward);
    };
  },
};

contextBridge.exposeInMainWorld('coreloom', bridge);
