import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../folder';
import { startMain, type MainProcess } from './start-main';

/** Starts an app that is one main module, and perhaps other files beside it. */
function start(main: string, files: Record<string, string> = {}): MainProcess {
  const app = temporaryFolder();
  const all = {
    'package.json': '{"name": "tiny", "version": "1.0.0", "main": "main.mjs"}',
    'main.mjs': main,
    ...files,
  };
  for (const [name, text] of Object.entries(all)) writeFileSync(join(app, name), text);
  const running = startMain({ app });
  onTestFinished(() => running.dispose());
  // What it wrote last may come after its end.
  return { ...running, exited: once(running.process, 'close').then(() => running.exited) };
}

/** Runs one to its end, and answers what it wrote line by line. */
async function run(main: string, files?: Record<string, string>): Promise<{ lines: string[]; windows: string[] }> {
  const running = start(main, files);
  expect(await running.exited).toEqual({ code: 0, signal: null });
  return { lines: running.output().trimEnd().split('\n'), windows: running.takeWindows() };
}

/** A child that says what it is, and what it was given. */
const CHILD = `console.log(process.execPath.split('/').at(-1), process.execArgv.length, process.argv.slice(2).join());`;
const ended = `const ended = (child) => new Promise((resolve) => child.on('exit', resolve));`;

describe.skipIf(process.platform === 'win32')('the program of the stand-in', () => {
  it('is no Node: what starts it by its path opens a window', async () => {
    const { windows, lines } = await run(`
      import { spawn } from 'node:child_process';
      import { app } from 'electron';
      ${ended}
      await ended(spawn(process.execPath, ['child.js'], { stdio: 'inherit' }));
      await ended(spawn(process.execPath, ['child.js'], { env: { ELECTRON_RUN_AS_NODE: '' } }));
      await ended(spawn(process.execPath, ['-p', '1 + 1'], { env: { ELECTRON_RUN_AS_NODE: '1' }, stdio: 'inherit' }));
      app.exit();`);
    expect(windows).toEqual(['window child.js', 'window child.js']);
    expect(lines).toEqual(['2']);
  });

  it('runs as Node what is forked by a path, there and in what was forked, and opens a window for a URL', async () => {
    const forks = (name: string): string => `
      import { fork } from 'node:child_process';
      ${ended}
      await ended(fork(join(import.meta.dirname, ${JSON.stringify(name)}), ['a', 'b'], { env: {}, execArgv: [] }));
      await ended(fork(pathToFileURL(join(import.meta.dirname, ${JSON.stringify(name)})), ['url'], { env: {} }));`;
    const imports = `import { join } from 'node:path'; import { pathToFileURL } from 'node:url';`;
    const { windows, lines } = await run(`${imports}${forks('fork.mjs')} (await import('electron')).app.exit();`, {
      'fork.mjs': `${imports}${CHILD}${forks('child.cjs')}`,
      'child.cjs': CHILD,
    });
    expect(lines).toEqual(['electron 0 a,b', 'electron 0 a,b']);
    expect(windows).toEqual([
      expect.stringMatching(/^window .+child\.cjs url$/),
      expect.stringMatching(/^window .+fork\.mjs url$/),
    ]);
  });

  it('forks in the very options of who forks, as Electron does', async () => {
    const { lines } = await run(`
      import { fork } from 'node:child_process';
      import { app } from 'electron';
      const options = { env: { A: '1' } };
      fork('/nowhere/child.cjs', options).kill();
      console.log(options.env.A, options.env.ELECTRON_RUN_AS_NODE);
      try { fork('/nowhere/child.cjs', Object.freeze({})); } catch (error) { console.log(error.name); }
      app.exit();`);
    expect(lines).toEqual(['1 1', 'TypeError']);
  });
});

describe('a main process', () => {
  it.each([
    ['an error', `setTimeout(() => { throw new Error('It broke.'); });`, '[error box] A JavaScript error occurred'],
    ['a rejection', `void Promise.reject(new Error('It broke.'));`, 'Warning: Error: It broke.'],
  ])('survives %s that nobody catches', async (_what, broken, said) => {
    const { lines } = await run(`
      import { app } from 'electron';
      app.whenReady().then(() => {
        ${broken}
        setTimeout(() => { console.log('still here'); app.quit(); }, 50);
      });`);
    expect(lines.join('\n')).toContain(said);
    expect(lines).toContain('still here');
  });

  it('survives a main module that fails, without its code', async () => {
    const running = start(`
      import { app } from 'electron';
      app.on('ready', () => { console.log('ready'); app.quit(); });
      throw new Error('It broke.');`);
    expect(await running.exited).toEqual({ code: 0, signal: null });
    expect(running.output()).toContain('A JavaScript error occurred in the main process');
    expect(running.output()).toContain('ready');
  });

  it('goes on after process.exit, which tells of quit alone', async () => {
    const running = start(`
      import { app } from 'electron';
      for (const name of ['before-quit', 'will-quit', 'window-all-closed']) app.on(name, () => console.log(name));
      app.on('quit', (_event, code) => console.log('quit', code));
      process.on('exit', (code) => console.log('exit', code));
      app.whenReady().then(() => setImmediate(() => { process.exit(3); console.log('goes on'); }));`);
    expect(await running.exited).toEqual({ code: 3, signal: null });
    expect(running.output()).toBe('exit 3\nquit 3\ngoes on\n');
  });

  it('ends on the spot before it is ready, and tells nobody', async () => {
    const running = start(`
      import { app } from 'electron';
      app.on('quit', () => console.log('quit'));
      process.on('exit', () => console.log('exit'));
      console.log('going');
      process.exitCode = 4;
      process.exit();
      console.log('goes on');`);
    expect(await running.exited).toEqual({ code: 4, signal: null });
    expect(running.output()).toBe('going\n');
  });

  it('becomes ready all the same where it is told to quit before', async () => {
    const { lines } = await run(`
      import { app } from 'electron';
      for (const name of ['before-quit', 'will-quit', 'quit', 'ready']) app.on(name, () => console.log(name));
      app.quit();`);
    expect(lines).toEqual(['before-quit', 'will-quit', 'quit', 'ready']);
  });

  it('has no dialogs before it is ready, but for errors, which its terminal shows', async () => {
    const { lines } = await run(`
      import { app, dialog } from 'electron';
      for (const name of ['showMessageBox', 'showSaveDialog', 'showOpenDialog'])
        try { dialog[name]({}).catch(() => console.log('rejected')); } catch (error) { console.log(error.message); }
      dialog.showErrorBox('Title', 'Content');
      app.quit();`);
    expect(lines.slice(0, 3)).toEqual(Array<string>(3).fill('dialog module can only be used after app is ready'));
    expect(lines.slice(3).join('\n')).toContain(process.platform === 'linux' ? '\u001b[30mContent' : 'Title: Content');
  });
});
