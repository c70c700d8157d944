import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import { CALL_CHANNEL, EVENT_CHANNEL, type EngineEvent, type Reply } from '../contract';
import type { Engine } from '../engine';
import { originOf } from './origin';

/** What is looked at of a call before it is believed. */
type Sender = Pick<IpcMainInvokeEvent, 'senderFrame'>;

/** True for the top frame of a page of ours; a frame that is gone, nested or from elsewhere may not speak to the engine. */
function isOurs(event: Sender, origin: string): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && originOf(frame.url) === origin;
}

const FORBIDDEN: Reply<never> = {
  ok: false,
  error: { code: 'forbidden', message: 'Only Coreloom’s own page may send commands to the engine.' },
};

/** Answers the page's calls. Returns the undoing. */
export function answerCalls(
  ipc: Pick<IpcMain, 'handle' | 'removeHandler'>,
  engine: Pick<Engine, 'call'>,
  origin: string,
): () => void {
  ipc.handle(CALL_CHANNEL, (event, name: unknown, argument: unknown): Promise<Reply<unknown>> | Reply<never> =>
    isOurs(event, origin) ? engine.call(name, argument) : FORBIDDEN,
  );
  return () => {
    ipc.removeHandler(CALL_CHANNEL);
  };
}

/** Tells the page one event, as long as it is a page of ours. */
export function tellPage(contents: WebContents, origin: string, event: EngineEvent): void {
  if (contents.isDestroyed() || originOf(contents.getURL()) !== origin) return;
  contents.send(EVENT_CHANNEL, event);
}

/** Tells the page what the engine tells. Returns the unsubscriber. */
export function forwardEvents(engine: Pick<Engine, 'on'>, contents: WebContents, origin: string): () => void {
  return engine.on((event) => {
    tellPage(contents, origin, event);
  });
}
