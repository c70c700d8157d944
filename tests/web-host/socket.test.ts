import { once } from 'node:events';
import { expect, test } from 'vitest';
import type { EngineEvent, RunState, Sample } from '../../src/contract';
import { MAX_FRAME_BYTES } from '../../src/web-host/frames';
import { fakeEngine } from '../support/fake-engine';
import { hosted, nextFrame, openSocket, originOf, refusal, signIn, socketTo } from './web-host';

const sampleOf = (tick: number, padding = 0): EngineEvent => ({ type: 'sample', sample: { tick, padding: 'x'.repeat(padding) } as unknown as Sample });
const ended: EngineEvent = { type: 'run-ended', run: { id: 'run' } as RunState };

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
  expect([code, reason.toString()]).toEqual([1008, 'A frame must be JSON: { id, name, argument }.']);
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

test('only a signed-in page of this host may connect', async () => {
  const host = await hosted();
  const Cookie = await signIn(host);
  const Origin = originOf(host);
  const connect = (headers: Record<string, string>, path?: string) => refusal(socketTo(host, headers, path));
  expect(await connect({ Origin })).toBe(403);
  expect(await connect({ Cookie })).toBe(403);
  expect(await connect({ Origin: 'http://evil.test', Cookie })).toBe(403);
  expect(await connect({ Origin, Cookie, Host: `evil.test:${String(host.port)}` })).toBe(403);
  expect(await connect({ Origin, Cookie }, '/other')).toBe(403);
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
      if (event.type === 'run-ended') resolve();
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
  for (let id = 0; id < sent; id += 1) flooding.send(JSON.stringify({ id, name: 'getState', argument: 'y'.repeat(10_000) }));
  await expect.poll(async () => {
    const before = engine.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 100));
    return before > 0 && engine.calls.length === before;
  }, { timeout: 10_000 }).toBe(true);
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
  expect([code, reason.toString()]).toEqual([1001, 'Coreloom is ending.']);
});
