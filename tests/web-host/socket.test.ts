import { once } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { EngineEvent, LiveState, Sample } from '../../src/contract';
import { MAX_FRAME_BYTES } from '../../src/web-host/frames';
import { fakeEngine } from '../support/fake-engine';
import {
  ask,
  closing,
  enter,
  hosted,
  nextFrame,
  openSocket,
  refusal,
  secretIn,
  socketTo,
  type Connecting,
} from './web-host';

const sampleOf = (tick: number, padding = 0): EngineEvent => ({
  type: 'sample',
  sample: { tick, padding: 'x'.repeat(padding) } as unknown as Sample,
});
const ended: EngineEvent = { type: 'experiment-ended', experiment: { id: 'run' } as LiveState };

test('a command is answered under its number, whatever order answers come in', async () => {
  let answerSlow = (): void => {};
  const asked = new Promise<void>((resolve) => (answerSlow = resolve));
  const engine = fakeEngine(async (name) => {
    if (name === 'slow') await asked;
    return { ok: true, value: name };
  });
  const socket = await openSocket(await hosted({ engine }));
  socket.send(JSON.stringify({ id: 1, name: 'slow', argument: { a: 1 } }));
  socket.send(JSON.stringify({ id: 2, name: 'fast' }));
  expect(await nextFrame(socket)).toEqual({ type: 'reply', id: 2, reply: { ok: true, value: 'fast' } });
  answerSlow();
  expect(await nextFrame(socket)).toEqual({ type: 'reply', id: 1, reply: { ok: true, value: 'slow' } });
  expect(engine.calls).toEqual([
    { name: 'slow', argument: { a: 1 } },
    { name: 'fast', argument: null },
  ]);
});

test('events reach every client', async () => {
  const engine = fakeEngine();
  const host = await hosted({ engine });
  const sockets = [await openSocket(host), await openSocket(host)];
  expect(host.clients()).toBe(2);
  const frames = sockets.map(nextFrame);
  engine.emit({ type: 'reports-changed' });
  expect(await Promise.all(frames)).toEqual(Array(2).fill({ type: 'event', event: { type: 'reports-changed' } }));
});

test.each([
  ['text that is not JSON', 'hello'],
  ['a list', '[]'],
  ['no number', '{"name":"getState"}'],
  ['a negative number', '{"id":-1,"name":"getState"}'],
  ['a name that is none', '{"id":1,"name":7}'],
  ['a field too many', '{"id":1,"name":"getState","argument":null,"admin":true}'],
  ['bytes', Buffer.from([1, 2, 3])],
])('%s closes the connection with a reason and reaches no engine', async (_, frame) => {
  const engine = fakeEngine();
  const socket = await openSocket(await hosted({ engine }));
  socket.send(frame);
  const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
  expect([code, reason.toString()]).toEqual([1008, 'A message must be JSON: { id, name, argument }.']);
  expect(engine.calls).toEqual([]);
});

test('a frame beyond the limit closes the connection, and the next client is served', async () => {
  const host = await hosted();
  const socket = await openSocket(host);
  socket.send(JSON.stringify({ id: 1, name: 'x'.repeat(MAX_FRAME_BYTES) }));
  const [code] = (await once(socket, 'close')) as [number];
  expect(code).toBe(1009);
  const next = await openSocket(host);
  next.send('{"id":1,"name":"getState"}');
  expect(await nextFrame(next)).toMatchObject({ type: 'reply', id: 1 });
});

test('only a page of this host may ask to be let in', async () => {
  const host = await hosted();
  const refused = (how: Connecting) => refusal(socketTo(host, how));
  expect(await refused({ headers: { Origin: 'http://evil.test' } })).toBe(403);
  expect(await refused({ headers: { Origin: `http://127.0.0.1:${String(host.port + 1)}` } })).toBe(403);
  expect(await refused({ headers: { Host: `evil.test:${String(host.port)}` } })).toBe(403);
  expect(await refused({ path: '/other' })).toBe(403);
  expect(await refused({ path: `/socket?token=${secretIn(host)}`, secrets: [] })).toBe(403);
  expect(await refused({ protocol: 'other' })).toBe(403);
  const noOrigin = new WebSocket(`ws://127.0.0.1:${String(host.port)}/socket`, ['coreloom', secretIn(host)]);
  expect(await refusal(noOrigin)).toBe(403);
});

test.each([
  ['no secret', []],
  ['a wrong one', ['A'.repeat(43)]],
  ['a short one', ['A']],
])('%s opens nothing, and the page is told why', async (_, secrets) => {
  const engine = fakeEngine();
  const host = await hosted({ engine });
  const socket = socketTo(host, { secrets });
  socket.on('open', () => {
    socket.send('{"id":1,"name":"getState"}');
  });
  expect(await closing(socket)).toEqual([4403, 'Open the address that Coreloom printed in its terminal.']);
  expect([host.clients(), engine.calls]).toEqual([0, []]);
});

test('no cookie opens anything, and none shuts a page out', async () => {
  const host = await hosted();
  const { session } = await enter(host);
  const Cookie = `coreloom-${String(host.port)}=${session}; coreloom=${secretIn(host)}`;
  expect((await closing(socketTo(host, { secrets: [], headers: { Cookie } })))[0]).toBe(4403);
  // As many and as long as a browser keeps for 127.0.0.1, set by a server on another port.
  const tossed = { Cookie: `coreloom-${String(host.port)}=; ${'x'.repeat(4096)}`.repeat(180) };
  expect((await ask(host, '/', tossed)).status).toBe(200);
  expect(await nextFrame(socketTo(host, { headers: tossed }))).toMatchObject({ type: 'welcome' });
});

test('every page has a session of its own: a reload goes on with it, a duplicated tab gets another', async () => {
  const host = await hosted();
  const first = await enter(host);
  const fromToken = await enter(host);
  const duplicate = await enter(host, [first.session]);
  expect(new Set([secretIn(host), first.session, fromToken.session, duplicate.session]).size).toBe(4);
  first.socket.terminate();
  await expect.poll(() => host.clients()).toBe(2);
  expect((await enter(host, [first.session])).session).toBe(first.session);
});

test('an address with a wrong token shuts no page out that has a session', async () => {
  const host = await hosted();
  const { socket, session } = await enter(host);
  socket.terminate();
  await expect.poll(() => host.clients()).toBe(0);
  expect((await enter(host, ['A'.repeat(43), session])).session).toBe(session);
});

test('the key for once lets one page in, also after a reload; where it comes twice, all that it let in is shut out, and that is told', async () => {
  let told = 0;
  const host = await hosted({ onKeyReused: () => (told += 1) });
  const key = secretIn(host, host.urlForOnce());
  expect(key).not.toBe(secretIn(host));
  const other = await enter(host);
  const page = await enter(host, [key]);
  const duplicate = await enter(host, [page.session]);
  expect(told).toBe(0);
  const ended = [closing(page.socket), closing(duplicate.socket)];
  expect((await closing(socketTo(host, { secrets: [key] })))[0]).toBe(4403);
  const reason = 'This session was ended. Open the address that Coreloom printed in its terminal.';
  expect(await Promise.all(ended)).toEqual([
    [4403, reason],
    [4403, reason],
  ]);
  expect(told).toBe(1);
  for (const secret of [key, page.session, duplicate.session])
    expect((await closing(socketTo(host, { secrets: [secret] })))[0]).toBe(4403);
  expect([told, host.clients()]).toEqual([1, 1]);
  other.socket.send('{"id":1,"name":"getState"}');
  expect(await nextFrame(other.socket)).toMatchObject({ type: 'reply', id: 1 });
});

test('a client that goes away stops nothing', async () => {
  const engine = fakeEngine();
  const host = await hosted({ engine });
  const leaving = await openSocket(host);
  const staying = await openSocket(host);
  leaving.terminate();
  await expect.poll(() => host.clients()).toBe(1);
  const frame = nextFrame(staying);
  engine.emit(ended);
  expect(await frame).toEqual({ type: 'event', event: ended });
  expect(engine.calls).toEqual([]);
});

test('a slow reader loses stale progress, which is counted, and nothing else', async () => {
  const engine = fakeEngine();
  const host = await hosted({ engine });
  const socket = await openSocket(host);
  socket.pause();
  const sent = 200;
  for (let tick = 0; tick < sent; tick += 1) engine.emit(sampleOf(tick, 100_000));
  engine.emit(ended);
  expect(host.droppedEvents()).toBeGreaterThan(0);

  let samples = 0;
  const over = new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer) => {
      const { event } = JSON.parse(data.toString()) as { event: EngineEvent };
      if (event.type === 'sample') samples += 1;
      if (event.type === 'experiment-ended') resolve();
    });
  });
  socket.resume();
  await over;
  expect(samples + host.droppedEvents()).toBe(sent);
  expect(engine.droppedEvents()).toBe(host.droppedEvents());
});

test('a client that asks without end and takes no answer is not read from; others are, and it is answered once it reads', async () => {
  const engine = fakeEngine(() => ({ ok: true, value: 'x'.repeat(50_000) }));
  const host = await hosted({ engine });
  const flooding = await openSocket(host);
  flooding.pause();
  const sent = 5_000;
  // Frames of some length: what one piece of them holds is taken at once.
  for (let id = 0; id < sent; id += 1)
    flooding.send(JSON.stringify({ id, name: 'getState', argument: 'y'.repeat(10_000) }));
  await expect
    .poll(
      async () => {
        const before = engine.calls.length;
        await new Promise((resolve) => setTimeout(resolve, 100));
        return before > 0 && engine.calls.length === before;
      },
      { timeout: 10_000 },
    )
    .toBe(true);
  expect(engine.calls.length).toBeLessThan(sent / 2);
  const other = await openSocket(host);
  other.send('{"id":1,"name":"getState"}');
  expect(await nextFrame(other)).toMatchObject({ type: 'reply', id: 1 });

  let answers = 0;
  flooding.on('message', () => (answers += 1));
  flooding.resume();
  await expect.poll(() => answers, { timeout: 20_000 }).toBe(sent);
});

test('closing tells the clients', async () => {
  const host = await hosted();
  const socket = await openSocket(host);
  const closed = once(socket, 'close') as Promise<[number, Buffer]>;
  await host.close();
  const [code, reason] = await closed;
  expect([code, reason.toString()]).toEqual([1001, 'Coreloom is closing.']);
});
