import type { MessageBoxOptions, OpenDialogOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { createModuleHost } from '../../src/main/module-host';
import { spelledOut } from '../../src/contract';

/** A desk whose questions wait for an answer: 0 goes on, 1 does not. */
function desk() {
  const asked: MessageBoxOptions[] = [];
  const opened: OpenDialogOptions[] = [];
  const waiting: ((button: number) => void)[] = [];
  const choosing: ((path: string | null) => void)[] = [];
  const host = createModuleHost({
    ask: (options) => {
      asked.push(options);
      return new Promise((resolve) => waiting.push(resolve));
    },
    openFile: (options) => {
      opened.push(options);
      return new Promise((resolve) =>
        choosing.push((path) => {
          resolve({ canceled: path === null, filePaths: path === null ? [] : [path] });
        }),
      );
    },
    folder: '/projects',
  });
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const answer = async (button: number): Promise<void> => {
    await settle();
    waiting.shift()?.(button);
    await settle();
  };
  return { host, asked, opened, answer, settle, choose: (path: string | null) => choosing.shift()?.(path) };
}

describe('the trust in a module', () => {
  it('is asked for with the whole path, and cancelled unless it is given', async () => {
    const { host, asked, settle } = desk();
    void host.authorizeModule('/projects/numbers/task.mjs');
    await settle();
    expect(asked[0]).toMatchObject({
      message: 'Trust this module and run it?',
      buttons: ['Trust and run', 'Cancel'],
      defaultId: 1,
      cancelId: 1,
    });
    expect(asked[0]?.detail).toContain('/projects/numbers/task.mjs\n');
  });

  it('is asked for once for each file, however often and from wherever it is wanted', async () => {
    const { host, asked, answer } = desk();
    const both = [host.authorizeModule('/a/task.mjs'), host.authorizeModule('/a/task.mjs')];
    await answer(0);
    expect(await Promise.all(both)).toEqual([true, true]);
    expect(await host.authorizeModule('/a/task.mjs')).toBe(true);
    expect(asked).toHaveLength(1);
    void host.authorizeModule('/b/task.mjs');
    await answer(1);
    expect(asked).toHaveLength(2);
  });

  it('is asked for again where it was refused', async () => {
    const { host, asked, answer } = desk();
    const first = host.authorizeModule('/a/task.mjs');
    await answer(1);
    expect(await first).toBe(false);
    const second = host.authorizeModule('/a/task.mjs');
    await answer(0);
    expect(await second).toBe(true);
    expect(asked).toHaveLength(2);
  });

  it('is asked for one file at a time', async () => {
    const { host, asked, answer, settle } = desk();
    void host.authorizeModule('/a/1.mjs');
    const second = host.authorizeModule('/a/2.mjs');
    await settle();
    expect(asked).toHaveLength(1);
    await answer(1);
    expect(asked).toHaveLength(2);
    await answer(0);
    expect(await second).toBe(true);
  });

  it('spells out what cannot be seen in a path', () => {
    expect(spelledOut('/a/harmless\u202egnp.mjs')).toBe('/a/harmless\\u{202e}gnp.mjs');
    expect(spelledOut('/a/b\nIt is safe.mjs')).toBe('/a/b\\u{a}It is safe.mjs');
    expect(spelledOut('C:\\Users\\Zoë\\tâche 1.ts')).toBe('C:\\Users\\Zoë\\tâche 1.ts');
  });
});

describe('the choice of a module', () => {
  it('is one dialog for files that can be modules, which opens where the last was chosen', async () => {
    const { host, opened, choose } = desk();
    const both = [host.chooseModule(), host.chooseModule()];
    choose('/projects/tasks/task.ts');
    expect(await Promise.all(both)).toEqual(['/projects/tasks/task.ts', '/projects/tasks/task.ts']);
    expect(opened).toHaveLength(1);
    expect(opened[0]).toMatchObject({
      defaultPath: '/projects',
      filters: [{ extensions: ['mjs', 'js', 'cjs', 'jsx', 'ts', 'mts', 'cts', 'tsx', 'py'] }],
      properties: ['openFile'],
    });
    const again = host.chooseModule();
    choose(null);
    expect(await again).toBeNull();
    expect(opened[1]?.defaultPath).toBe('/projects/tasks');
  });
});
