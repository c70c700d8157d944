import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { CALL_CHANNEL, COMMAND_NAMES, EVENT_CHANNEL, type Bridge, type EngineEvent, type ErrorInfo, type Reply } from '../contract';

const NAMES: ReadonlySet<unknown> = new Set(COMMAND_NAMES);

function refused(code: ErrorInfo['code'], message: string): Reply<never> {
  return { ok: false, error: { code, message } };
}

/** What `invoke` rejects with is a message alone; the page gets a code. */
function unsent(error: unknown): Reply<never> {
  const message = error instanceof Error ? error.message : String(error);
  return message.includes('could not be cloned')
    ? refused('bad-input', 'The argument holds something that cannot be sent to the engine: give plain data.')
    : refused('disconnected', `The engine did not answer: ${message}`);
}

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
    return () => {
      ipcRenderer.removeListener(EVENT_CHANNEL, forward);
    };
  },
};

contextBridge.exposeInMainWorld('coreloom', bridge);
