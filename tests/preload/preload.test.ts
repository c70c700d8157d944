import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Bridge, EngineEvent } from '../../src/contract';
import { OUT } from '../support/paths';

type Listener = (event: object, engineEvent: EngineEvent) => void;

interface Loaded {
  bridge: Bridge;
  keys: string[];
  required: string[];
  invoked: unknown[][];
  listeners: Map<string, Listener[]>;
  drop(event: object): void;
}

/** Runs the built preload as Electron's sandbox does: as CommonJS that can require electron and nothing else. */
function load(
  invoke: (...args: unknown[]) => Promise<unknown> = () => Promise.resolve({ ok: true, value: 1 }),
): Loaded {
  const exposed: Record<string, unknown> = {};
  let dropped: (event: object) => void = () => undefined;
  const window = {
    addEventListener: (type: string, listener: (event: object) => void) => {
      if (type === 'drop') dropped = listener;
    },
  };
  const loaded = {
    drop: (event: object) => {
      dropped(event);
    },
    required: [] as string[],
    invoked: [] as unknown[][],
    listeners: new Map<string, Listener[]>(),
  };
  const electron = {
    contextBridge: { exposeInMainWorld: (key: string, api: unknown) => (exposed[key] = api) },
    webUtils: { getPathForFile: ({ path = '' }: { path?: string }) => path },
    ipcRenderer: {
      invoke: (...args: unknown[]) => {
        loaded.invoked.push(args);
        return invoke(...args);
      },
      on: (channel: string, listener: Listener) =>
        loaded.listeners.set(channel, [...(loaded.listeners.get(channel) ?? []), listener]),
      removeListener: (channel: string, listener: Listener) =>
        loaded.listeners.set(
          channel,
          (loaded.listeners.get(channel) ?? []).filter((known) => known !== listener),
        ),
    },
  };
  const run = new Function(
    'require',
    'module',
    'exports',
    'window',
    readFileSync(resolve(OUT, 'preload/index.cjs'), 'utf8'),
  ) as (...args: unknown[]) => void;
  run(
    (name: string) => {
      loaded.required.push(name);
      return electron;
    },
    { exports: {} },
    {},
    window,
  );
  return { ...loaded, bridge: exposed['coreloom'] as Bridge, keys: Object.keys(exposed) };
}

describe('the built preload', () => {
  it('requires electron alone and exposes call and on alone', () => {
    const { bridge, keys, required } = load();
    expect(required).toEqual(['electron']);
    expect(keys).toEqual(['coreloom']);
    expect(Object.keys(bridge)).toEqual(['call', 'on']);
  });

  it('carries a command on one channel', async () => {
    const { bridge, invoked } = load();
    expect(await bridge.call('stopExperiment', null)).toEqual({ ok: true, value: 1 });
    expect(invoked).toEqual([['coreloom:call', 'stopExperiment', null]]);
  });

  it.each(['nope', '__proto__', 'toString', '', 7, null, undefined, ['getState']])(
    'does not carry the command %j',
    async (name) => {
      const { bridge, invoked } = load();
      expect(await bridge.call(name as never, null)).toMatchObject({ ok: false, error: { code: 'unknown-command' } });
      expect(invoked).toEqual([]);
    },
  );

  it('answers, and does not reject, when the argument cannot be cloned or nobody answers', async () => {
    const uncloneable = load(() => Promise.reject(new Error('An object could not be cloned.')));
    expect(await uncloneable.bridge.call('getState', null)).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    const alone = load(() => Promise.reject(new Error('No handler registered')));
    expect(await alone.bridge.call('getState', null)).toMatchObject({ ok: false, error: { code: 'disconnected' } });
  });

  it('tells events without the event object, until unsubscribed', () => {
    const { bridge, listeners } = load();
    const heard: unknown[][] = [];
    const stop = bridge.on((...args: unknown[]) => heard.push(args));
    const tell = (): void => {
      for (const listener of listeners.get('coreloom:event') ?? [])
        listener({ sender: 'secret' }, { type: 'reports-changed' });
    };
    tell();
    stop();
    stop();
    tell();
    expect(heard).toEqual([[{ type: 'reports-changed' }]]);
    expect([...listeners.keys()]).toEqual(['coreloom:event']);
  });

  it('tells of one file that a person dropped, as an event, and of nothing else', () => {
    const { bridge, drop, invoked } = load();
    const heard: unknown[] = [];
    const stop = bridge.on((event) => heard.push(event));
    const files = (...paths: string[]) => ({ dataTransfer: { files: paths.map((path) => ({ path })) } });
    drop({ isTrusted: true, ...files('/a/task.mjs') });
    // What a script of the page makes up: an event, or a file that lies nowhere.
    drop({ isTrusted: false, ...files('/etc/passwd.mjs') });
    drop({ isTrusted: true, ...files('') });
    drop({ isTrusted: true, ...files('/a/1.mjs', '/a/2.mjs') });
    drop({ isTrusted: true, dataTransfer: null });
    stop();
    drop({ isTrusted: true, ...files('/a/task.mjs') });
    expect(heard).toEqual([{ type: 'module-offered', path: '/a/task.mjs' }]);
    expect(invoked).toEqual([]);
  });
});
