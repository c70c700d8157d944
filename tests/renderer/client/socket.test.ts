import { describe, expect, test } from 'vitest';
import type { ClientFrame, EngineEvent, ServerFrame } from '../../../src/contract';
import type { Connection } from '../../../src/renderer/src/client/connection';
import { socketClient, type Socket } from '../../../src/renderer/src/client/socket';

/** A client on sockets that the test opens, answers and closes; `refusal` is what the server says in HTTP. */
function setup(refusal: string | null = null) {
  const sockets: (Socket & { sent: ClientFrame[] })[] = [];
  const waits: { ms: number; callback: () => void }[] = [];
  const states: Connection['state'][] = [];
  const sessions: string[] = [];
  const client = socketClient({
    open() {
      const sent: ClientFrame[] = [];
      const socket = {
        sent,
        send: (text: string) => void sent.push(JSON.parse(text) as ClientFrame),
        onclose: null,
        onmessage: null,
      };
      sockets.push(socket);
      return socket;
    },
    welcomed: (session) => void sessions.push(session),
    wait: (ms, callback) => void waits.push({ ms, callback }),
    refusal: () => Promise.resolve(refusal),
  });
  client.onConnection((connection) => states.push(connection.state));
  const newest = (): Socket & { sent: ClientFrame[] } => {
    const socket = sockets.at(-1);
    if (!socket) throw new Error('No socket was opened.');
    return socket;
  };
  return {
    client,
    sockets,
    waits,
    states,
    sessions,
    newest,
    open: () =>
      newest().onmessage?.({
        data: JSON.stringify({ type: 'welcome', session: `session ${String(sockets.length)}` }),
      } as never),
    close: (code = 1006) => newest().onclose?.({ code } as never),
    say: (frame: ServerFrame) => newest().onmessage?.({ data: JSON.stringify(frame) } as never),
  };
}

describe('the client over a WebSocket', () => {
  test('answers each call with the reply of the same id', async () => {
    const { client, newest, open, say } = setup();
    open();
    const first = client.call('getState', null);
    const second = client.call('listReports', null);
    const [a, b] = newest().sent;
    say({ type: 'reply', id: b?.id ?? 0, reply: { ok: true, value: 'second' } });
    say({ type: 'reply', id: a?.id ?? 0, reply: { ok: true, value: 'first' } });
    expect([await first, await second]).toEqual(['first', 'second']);
    expect(a).toMatchObject({ name: 'getState', argument: null });
  });

  test('rejects with the error of the engine', async () => {
    const { client, newest, open, say } = setup();
    open();
    const call = client.call('stopExperiment', null);
    say({
      type: 'reply',
      id: newest().sent[0]?.id ?? 0,
      reply: { ok: false, error: { code: 'no-run', message: 'No run is on.' } },
    });
    await expect(call).rejects.toMatchObject({ code: 'no-run', message: 'No run is on.' });
  });

  test('hands events to each listener, until it leaves', () => {
    const { client, open, say } = setup();
    open();
    const heard: EngineEvent[] = [];
    const leave = client.on((event) => heard.push(event));
    say({ type: 'event', event: { type: 'reports-changed' } });
    leave();
    say({ type: 'event', event: { type: 'reports-changed' } });
    expect(heard).toEqual([{ type: 'reports-changed' }]);
  });

  test('rejects what was under way when the connection is lost, and what is asked meanwhile', async () => {
    const { client, open, close } = setup();
    open();
    const call = client.call('getState', null);
    close();
    await expect(call).rejects.toMatchObject({ code: 'disconnected' });
    await expect(client.call('getState', null)).rejects.toMatchObject({ code: 'disconnected' });
  });

  test('is open once it was let in, and hands on what lets it in again', () => {
    const { waits, states, sessions, open, close } = setup();
    expect(states).toEqual(['connecting']);
    open();
    close();
    waits.at(-1)?.callback();
    open();
    expect(states).toEqual(['connecting', 'open', 'lost', 'open']);
    expect(sessions).toEqual(['session 1', 'session 2']);
  });

  test('is not tried again where it was refused', async () => {
    const { client, waits, states, sockets, open, close } = setup();
    open();
    const call = client.call('getState', null);
    close(4403);
    await expect(call).rejects.toMatchObject({ code: 'disconnected' });
    expect([states.at(-1), waits.length, sockets.length]).toEqual(['refused', 0, 1]);
  });

  test('is refused, and not tried again, where the server answers that it refuses this page', async () => {
    const { client, waits, states, sockets, close } = setup('Open the address that was printed.');
    close();
    await expect.poll(() => states).toEqual(['connecting', 'lost', 'refused']);
    waits.at(-1)?.callback();
    expect(sockets).toHaveLength(1);
    const heard: Connection[] = [];
    client.onConnection((connection) => heard.push(connection));
    expect(heard).toEqual([{ state: 'refused', cause: 'address', reason: 'Open the address that was printed.' }]);
  });

  test('tries again with a back-off that is bounded and starts over once connected', () => {
    const { sockets, waits, states, open, close } = setup();
    open();
    for (let attempt = 0; attempt < 7; attempt++) {
      close();
      waits.at(-1)?.callback();
    }
    expect(waits.map((wait) => wait.ms)).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
    open();
    close();
    expect(waits.at(-1)?.ms).toBe(250);
    expect(sockets).toHaveLength(8);
    expect(states.slice(0, 3)).toEqual(['connecting', 'open', 'lost']);
  });
});
