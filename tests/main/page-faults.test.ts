import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { WINDOW_READY } from '../../scripts/launch-electron.mjs';
import { launchStandIn, type StandIn } from '../support/electron/launch';
import { temporaryFolder } from '../support/folder';

/** The built app, and when its window can be seen. */
async function launch(env: NodeJS.ProcessEnv = {}): Promise<{ app: StandIn; shown: Promise<void> }> {
  const app = await launchStandIn({ env: { CORELOOM_HOME: temporaryFolder(), ...env } });
  onTestFinished(() => app.dispose());
  const shown = new Promise<void>((resolve) =>
    app.process.on('message', (message) => {
      if (message === WINDOW_READY) resolve();
    }),
  );
  return { app, shown };
}

/** A port of this machine that nobody listens on any more. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

it('shows its window on Wayland, where it is said to be ready only once it was shown', async () => {
  const { shown } = await launch({ STAND_IN_WAYLAND: '1' });
  await shown;
});

it('shows its window where the page does not load, and says why', async () => {
  const url = `http://127.0.0.1:${String(await closedPort())}/`;
  const { app, shown } = await launch({ ELECTRON_RENDERER_URL: url });
  await shown;
  await expect
    .poll(() => app.output())
    .toContain(`The page did not load: ERR_CONNECTION_REFUSED (-102) loading '${url}'`);
});

it('loads its page again when it crashes, and says so in the end where it does so again and again', async () => {
  const { app, shown } = await launch();
  await shown;
  await app.evaluate((electron: typeof Electron) => {
    const contents = electron.BrowserWindow.getAllWindows()[0]?.webContents;
    const crash = (): void => contents?.forcefullyCrashRenderer();
    contents?.on('did-finish-load', crash);
    crash();
  }, undefined);
  await expect.poll(() => app.output()).toContain('The page crashed repeatedly (crashed).');
  expect(app.output().match(/crashed repeatedly/g)).toHaveLength(1);
});
