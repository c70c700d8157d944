import { EventEmitter } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recallWindow, rememberWindow } from '../../src/main/window-memory';

class FakeWindow extends EventEmitter {
  bounds = { x: 1, y: 2, width: 900, height: 600 };
  maximised = false;
  getNormalBounds(): typeof this.bounds {
    return this.bounds;
  }
  isMaximized(): boolean {
    return this.maximised;
  }
  isDestroyed(): boolean {
    return false;
  }
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coreloom-window-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe("the window's memory", () => {
  it('writes the last place once, and reads it again', async () => {
    const file = join(folder, 'window.json');
    const window = new FakeWindow();
    const written: string[] = [];
    const memory = rememberWindow(window as never, {
      file,
      write: (path, text) => {
        written.push(text);
        return writeFile(path, text);
      },
      warn: () => undefined,
    });
    for (const x of [10, 20, 30]) {
      window.bounds = { ...window.bounds, x };
      window.emit('move');
    }
    window.maximised = true;
    window.emit('maximize');
    await memory.stop();
    await memory.stop();
    expect(written).toHaveLength(1);
    expect(await recallWindow(file)).toEqual({ bounds: { x: 30, y: 2, width: 900, height: 600 }, maximised: true });
  });

  it('writes nothing where nothing moved', async () => {
    const written: string[] = [];
    const memory = rememberWindow(new FakeWindow() as never, {
      file: '',
      write: (path) => Promise.resolve(written.push(path)),
      warn: () => undefined,
    });
    await memory.stop();
    expect(written).toEqual([]);
  });

  it('says that it could not write, and goes on', async () => {
    const warnings: string[] = [];
    const window = new FakeWindow();
    const memory = rememberWindow(window as never, {
      file: 'x',
      write: () => Promise.reject(new Error('read-only')),
      warn: (message) => warnings.push(message),
    });
    window.emit('resize');
    await memory.stop();
    expect(warnings).toEqual(['The window’s position could not be saved: read-only']);
  });

  it('recalls nothing from a missing or broken file', async () => {
    expect(await recallWindow(join(folder, 'none.json'))).toBeNull();
    const broken = join(folder, 'broken.json');
    await writeFile(broken, '{"bounds":');
    expect(await recallWindow(broken)).toBeNull();
  });
});
