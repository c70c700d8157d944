import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { whyNotStarted } from '../../scripts/electron-failure.mjs';
import { ALREADY_OPEN, WINDOW_READY } from '../../scripts/launch-electron.mjs';
import { launchStandIn } from '../support/electron/launch';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'coreloom-main-'));
});
afterAll(() => rm(home, { recursive: true, force: true, maxRetries: 3 }));

describe('the built main process', () => {
  it('tells its launcher once its window can be seen, and ends on SIGTERM', async () => {
    const app = await launchStandIn({ env: { CORELOOM_HOME: home } });
    try {
      await new Promise<void>((resolve) =>
        app.process.on('message', (message) => {
          if (message === WINDOW_READY) resolve();
        }),
      );
      app.process.kill('SIGTERM');
      expect(await app.exited).toEqual({ code: 0, signal: null });
    } finally {
      await app.dispose();
    }
  });

  it('tells its launcher that it is open already, and ends', async () => {
    const first = await launchStandIn({ env: { CORELOOM_HOME: home } });
    onTestFinished(() => first.dispose());
    await first.firstWindow();
    const second = await launchStandIn({ env: { CORELOOM_HOME: home } });
    onTestFinished(() => second.dispose());
    const messages: unknown[] = [];
    second.process.on('message', (message) => messages.push(message));
    expect(await second.exited).toEqual({ code: 0, signal: null });
    expect(messages).toContain(ALREADY_OPEN);
  });

  it('says in a sentence why it cannot start, and ends with an error', async () => {
    const app = await launchStandIn({ env: { CORELOOM_HOME: join(import.meta.filename, 'beneath-a-file') } });
    try {
      expect(await app.exited).toEqual({ code: 1, signal: null });
      await expect.poll(() => app.output()).toContain('Coreloom could not start');
      // The launcher hands it on without the colours that Electron gives it.
      const { reason } = whyNotStarted({ program: 'electron', said: app.output(), code: 1, signal: null });
      expect(reason).toMatch(/; its last output was "[^"[\]]*beneath-a-file[^"[\]]*"$/);
    } finally {
      await app.dispose();
    }
  });

  it.each(['error', 'rejection'])(
    'says in a sentence that it has to end where nobody catches an %s, and ends',
    async (kind) => {
      const app = await launchStandIn({ env: { CORELOOM_HOME: home } });
      try {
        await app.firstWindow();
        await app.evaluate((_electron, what: string) => {
          // What is broken breaks again: before the app has ended, which it does a little after it was told to.
          for (const message of ['It broke.', 'It broke again.'])
            setTimeout(() => {
              if (what === 'error') throw new Error(message);
              void Promise.reject(new Error(message));
            });
        }, kind);
        expect(await app.exited).toEqual({ code: 1, signal: null });
        await expect
          .poll(() => app.output())
          .toContain('[error box] Coreloom must close because of an error: It broke.\n');
        expect(app.output()).not.toContain('again');
        expect(app.output()).not.toMatch(/^\s+at /m);
      } finally {
        await app.dispose();
      }
    },
  );
});
