import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { createInterrupt } from '../../src/cli/interrupt';

function interrupted() {
  const signals = new EventEmitter();
  let now = 0;
  let ends = 0;
  const interrupt = createInterrupt({ signals, endNow: () => void (ends += 1), nowMs: () => now });
  return {
    interrupt,
    signal: (name: NodeJS.Signals, atMs: number) => ((now = atMs), signals.emit(name)),
    ends: () => ends,
  };
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('a first %s asks for a clean end', async (name) => {
  const { interrupt, signal, ends } = interrupted();
  expect([interrupt.requested, interrupt.signal]).toEqual([false, null]);
  signal(name, 5_000);
  await interrupt.wanted;
  expect([interrupt.requested, interrupt.signal, ends()]).toEqual([true, name, 0]);
});

test('a second signal ends at once', () => {
  const { signal, ends } = interrupted();
  signal('SIGINT', 5_000);
  signal('SIGINT', 6_000);
  expect(ends()).toBe(1);
});

test('one Ctrl-C that arrives twice, from the terminal and from npm, is one', () => {
  const { signal, ends } = interrupted();
  signal('SIGINT', 5_000);
  signal('SIGINT', 5_010);
  expect(ends()).toBe(0);
});

test('the signal that asked first is remembered', () => {
  const { interrupt, signal } = interrupted();
  signal('SIGHUP', 5_000);
  signal('SIGTERM', 5_010);
  expect(interrupt.signal).toBe('SIGHUP');
});

test('a request from within is as good as a signal', async () => {
  const { interrupt, signal, ends } = interrupted();
  interrupt.request();
  await interrupt.wanted;
  signal('SIGINT', 1_000);
  expect(ends()).toBe(1);
});
