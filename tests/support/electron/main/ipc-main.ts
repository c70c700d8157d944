import type { FrameInfo, InvokeAnswer } from '../wire';
import { clone } from './clone';
import { answer } from './display-link';
import { strict } from './strict';
import { contentsOf } from './web-contents';

type Handler = (event: object, ...args: unknown[]) => unknown;
const handlers = new Map<string, Handler>();

export const ipcMain = strict('ipcMain', {
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
  removeHandler(channel: string): void {
    handlers.delete(channel);
  },
});

const DISPOSED = 'Render frame was disposed before WebFrameMain could be accessed';

/** A frame that is kept for later throws once its page has gone. */
function frameOf(frame: FrameInfo, isGone: () => boolean): object {
  const live = <T>(value: T): T => {
    if (isGone()) throw new Error(DISPOSED);
    return value;
  };
  return strict('senderFrame', {
    get url() {
      return live(frame.url);
    },
    get parent() {
      return live(frame.parent === null ? null : frameOf(frame.parent, isGone));
    },
  });
}

answer('invoke', async ({ window, channel, args, frame }): Promise<InvokeAnswer> => {
  const handler = handlers.get(channel);
  if (handler === undefined)
    return {
      ok: false,
      message: `Error invoking remote method '${channel}': Error: No handler registered for '${channel}'`,
    };
  const sender = contentsOf(window);
  if (sender === undefined) return { ok: false, message: 'WebContents does not exist' };
  const { document } = sender;
  const isGone = (): boolean => sender.isDestroyed() || sender.document !== document;
  const event = strict('event', {
    type: 'frame',
    sender: strict('webContents', sender),
    /** Looked up each time: null once the frame has navigated, or is gone. */
    get senderFrame() {
      return isGone() ? null : frameOf(frame, isGone);
    },
  });
  try {
    return { ok: true, value: clone(await handler(event, ...args)) };
  } catch (error) {
    return { ok: false, message: `Error invoking remote method '${channel}': ${String(error)}` };
  }
});
