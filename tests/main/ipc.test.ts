import type { IpcMain, WebContents } from 'electron';
import { describe, expect, it } from 'vitest';
import { CALL_CHANNEL, EVENT_CHANNEL, type EngineEvent, type Reply } from '../../src/contract';
import { answerCalls, forwardEvents } from '../../src/main/ipc';
import { APP_ORIGIN, APP_URL } from '../../src/main/origin';

type Frame = { url: string; parent: Frame | null };
type Handler = (
  event: { senderFrame: Frame | null },
  name: unknown,
  argument: unknown,
) => Promise<Reply<unknown>> | Reply<unknown>;

function answering(): { handlers: Map<string, Handler>; calls: unknown[][]; stop: () => void } {
  const handlers = new Map<string, Handler>();
  const calls: unknown[][] = [];
  const ipc = {
    handle: (channel: string, handler: Handler) => handlers.set(channel, handler),
    removeHandler: (channel: string) => handlers.delete(channel),
  };
  const engine = {
    call: (name: unknown, argument: unknown): Promise<Reply<unknown>> => {
      calls.push([name, argument]);
      return Promise.resolve({ ok: true, value: 'answer' });
    },
  };
  return { handlers, calls, stop: answerCalls(ipc as unknown as IpcMain, engine, APP_ORIGIN) };
}

const top: Frame = { url: APP_URL, parent: null };

describe('answerCalls', () => {
  it('hands a call of our page to the engine, on one channel', async () => {
    const { handlers, calls } = answering();
    expect([...handlers.keys()]).toEqual([CALL_CHANNEL]);
    const reply = await handlers.get(CALL_CHANNEL)?.({ senderFrame: top }, 'getState', null);
    expect(reply).toEqual({ ok: true, value: 'answer' });
    expect(calls).toEqual([['getState', null]]);
  });

  it.each<[string, Frame | null]>([
    ['a frame that is gone', null],
    ['a frame within our page', { url: APP_URL, parent: top }],
    ['a page from elsewhere', { url: 'https://example.com/', parent: null }],
    ['a page of another host of the scheme', { url: 'coreloom://app.evil.test/', parent: null }],
    ['a data page', { url: 'data:text/html,x', parent: null }],
    ['an empty page', { url: '', parent: null }],
  ])('refuses a call of %s', async (_what, senderFrame) => {
    const { handlers, calls } = answering();
    const reply = await handlers.get(CALL_CHANNEL)?.({ senderFrame }, 'getState', null);
    expect(reply).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(calls).toEqual([]);
  });

  it('stops answering', () => {
    const { handlers, stop } = answering();
    stop();
    expect(handlers.size).toBe(0);
  });
});

describe('forwardEvents', () => {
  const event: EngineEvent = { type: 'reports-changed' };

  function forwarding(state: { url: string; destroyed: boolean }): {
    sent: unknown[][];
    emit: () => void;
    stop: () => void;
  } {
    const sent: unknown[][] = [];
    const listeners = new Set<(event: EngineEvent) => void>();
    const contents = {
      isDestroyed: () => state.destroyed,
      getURL: () => state.url,
      send: (...args: unknown[]) => sent.push(args),
    };
    const engine = {
      on: (listener: (event: EngineEvent) => void): (() => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
    const stop = forwardEvents(engine, contents as unknown as WebContents, APP_ORIGIN);
    const emit = (): void => {
      for (const listener of listeners) listener(event);
    };
    return { sent, emit, stop };
  }

  it('sends what the engine tells to our page', () => {
    const { sent, emit } = forwarding({ url: APP_URL, destroyed: false });
    emit();
    expect(sent).toEqual([[EVENT_CHANNEL, event]]);
  });

  it('sends nothing to a page from elsewhere, to a destroyed one, or once stopped', () => {
    for (const state of [
      { url: 'https://example.com/', destroyed: false },
      { url: APP_URL, destroyed: true },
    ]) {
      const { sent, emit } = forwarding(state);
      emit();
      expect(sent).toEqual([]);
    }
    const { sent, emit, stop } = forwarding({ url: APP_URL, destroyed: false });
    stop();
    emit();
    expect(sent).toEqual([]);
  });
});
