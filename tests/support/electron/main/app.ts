import { EventEmitter } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { endProcess } from './end-process';
import { SingleInstance } from './single-instance';
import { onlyKnown, preventable, strict } from './strict';

interface Closable {
  close(): void;
  destroy(): void;
  isDestroyed(): boolean;
}

const PROGRAM = process.platform === 'win32' ? 'electron.exe' : 'electron';

interface Manifest {
  name: string;
  productName?: string;
  version: string;
  main: string;
}

/** The life of an application, in the order of Electron's events. */
class App extends EventEmitter {
  /** As Electron sees it: its program bears another name. */
  readonly isPackaged = basename(process.execPath) !== PROGRAM;
  readonly windows = new Set<Closable>();
  readonly #lock = new SingleInstance();
  readonly #manifest: Manifest;
  readonly #paths: Record<string, string>;
  readonly #waiting: (() => void)[] = [];
  readonly #root: string;
  #ready = false;
  #quitting = false;
  #exiting = false;
  #looping = false;
  #down = false;
  #code = 0;
  readonly #switches = new Set<string>();
  readonly commandLine = strict('app.commandLine', { hasSwitch: (name: string) => this.#switches.has(name) });

  constructor() {
    super();
    const { resourcesPath } = process as unknown as { resourcesPath: string };
    this.#root = this.isPackaged ? join(resourcesPath, 'app.asar') : resolve(process.argv[1] ?? '.');
    this.#manifest = JSON.parse(readFileSync(join(this.#root, 'package.json'), 'utf8')) as Manifest;
    const home = homedir();
    this.#paths = {
      home,
      temp: tmpdir(),
      documents: join(home, 'Documents'),
      userData: join(home, '.config', this.name),
    };
  }

  get name(): string {
    return this.#manifest.productName ?? this.#manifest.name;
  }
  getName(): string {
    return this.name;
  }
  getVersion(): string {
    return this.#manifest.version;
  }
  /** Of its own process alone: a page here is a browser's, which this process did not start. */
  getAppMetrics(): object[] {
    const { user, system } = process.cpuUsage();
    const cpu = { percentCPUUsage: 0, idleWakeupsPerSecond: 0, cumulativeCPUUsage: (user + system) / 1e6 };
    return [{ pid: process.pid, type: 'Browser', cpu, creationTime: 0 }];
  }
  getAppPath(): string {
    return this.#root;
  }
  /** The file that the app starts with. */
  entry(): string {
    return join(this.#root, this.#manifest.main);
  }
  getPath(name: string): string {
    const path = this.#paths[name];
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  }
  setPath(name: string, path: string): void {
    if (!(name in this.#paths) || !existsSync(path)) throw new Error(`Failed to set path '${name}'`);
    this.#paths[name] = resolve(path);
  }
  setAboutPanelOptions(options: object): void {
    onlyKnown('these options of the about panel', options, ['applicationName', 'applicationVersion']);
  }
  isReady(): boolean {
    return this.#ready;
  }
  whenReady(): Promise<void> {
    return this.#ready ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve));
  }
  enableSandbox(): void {
    if (this.#ready) throw new Error('app.enableSandbox() can only be called before app is ready');
    this.#switches.add('enable-sandbox');
  }

  /** Whether it is past its `before-quit`. */
  isQuitting(): boolean {
    return this.#quitting;
  }

  /** Called by the launcher once the application's main module has been evaluated, whatever has been asked for till then. */
  becomeReady(): void {
    this.#ready = true;
    for (const resolve of this.#waiting) resolve();
    this.emit('ready', {}, {});
    setImmediate(() => {
      this.#looping = true;
      if (this.#down) this.#end();
    });
  }

  requestSingleInstanceLock(data?: unknown): boolean {
    return this.#lock.request(this.getPath('userData'), data, (second) => {
      void this.whenReady().then(() =>
        this.emit('second-instance', preventable({}), second.argv, second.cwd, second.data),
      );
    });
  }
  releaseSingleInstanceLock(): void {
    this.#lock.release();
  }

  /** before-quit, then every window's close, then will-quit and quit; each of the first three can hold it up. */
  quit(): void {
    if (this.#quitting) return;
    const before = preventable({});
    this.emit('before-quit', before);
    if (before.defaultPrevented) return;
    this.#quitting = true;
    for (const window of [...this.windows]) window.close();
    if (this.windows.size > 0) {
      this.#quitting = false;
      return;
    }
    this.#leave();
  }

  /**
   * Destroys every window, and ends once what is due has run: it returns, and tells of `quit` alone. Before there is a
   * loop, which is until all that waited for `ready` has run, the process ends on the spot and nothing is told.
   */
  exit(code = 0): void {
    if (!this.#looping) endProcess(code);
    this.#quitting = this.#exiting = true;
    this.#code = code;
    if (this.windows.size === 0) this.#shutDown();
    for (const window of [...this.windows]) window.destroy();
  }

  /** Called by a window that has closed. */
  windowClosed(window: Closable): void {
    this.windows.delete(window);
    if (this.windows.size > 0) return;
    if (this.#exiting) this.#shutDown();
    else if (this.#quitting) return;
    else if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }

  #leave(): void {
    const will = preventable({});
    this.emit('will-quit', will);
    if (will.defaultPrevented) this.#quitting = false;
    else this.#shutDown();
  }

  #shutDown(): void {
    if (this.#down) return;
    this.#down = this.#quitting = true;
    this.emit('quit', {}, this.#code);
    this.#lock.release();
    if (this.#looping) this.#end();
  }

  #end(): void {
    setImmediate(() => endProcess(this.#code));
  }
}

export const standInApp = new App();
export const app = strict('app', standInApp);
