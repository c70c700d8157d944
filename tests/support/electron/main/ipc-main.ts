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

function frameOf(frame: FrameInfo): object {
  return strict('senderFrame', { url: frame.url, parent: frame.parent === null ? null : frameOf(frame.parent) });
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
  const event = strict('event', {
    type: 'frame',
    sender: strict('webContents', sender),
    /** Looked up each time: null once the frame has navigated, or is gone. */
    get senderFrame() {
      return sender.isDestroyed() || sender.document !== document ? null : frameOf(frame);
    },
  });
  try {
    return { ok: true, value: clone(await handler(event, ...args)) };
  } catch (error) {
    return { ok: false, message: `Error invoking remote method '${channel}': ${String(error)}` };
  }
});
