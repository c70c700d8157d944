import { EventEmitter } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SingleInstance } from './single-instance';
import { onlyKnown, preventable, strict } from './strict';

interface Closable {
  close(): void;
  destroy(): void;
  isDestroyed(): boolean;
}

interface Manifest {
  name: string;
  productName?: string;
  version: string;
}

/** The life of an application, in the order of Electron's events. */
class App extends EventEmitter {
  readonly isPackaged = false;
  readonly windows = new Set<Closable>();
  readonly #lock = new SingleInstance();
  readonly #manifest: Manifest;
  readonly #paths: Record<string, string>;
  readonly #waiting: (() => void)[] = [];
  readonly #root: string;
  #ready = false;
  #quitting = false;
  readonly #switches = new Set<string>();
  readonly commandLine = strict('app.commandLine', { hasSwitch: (name: string) => this.#switches.has(name) });

  constructor(root: string) {
    super();
    this.#root = root;
    this.#manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
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
  getAppPath(): string {
    return this.#root;
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

  /** Called by the launcher once the application's main module has been evaluated. */
  becomeReady(): void {
    if (this.#quitting) return;
    this.#ready = true;
    this.emit('ready', {}, {});
    for (const resolve of this.#waiting) resolve();
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

  exit(code = 0): void {
    for (const window of [...this.windows]) window.destroy();
    this.emit('quit', {}, code);
    this.#lock.release();
    process.exit(code);
  }

  /** Called by a window that has closed. */
  windowClosed(window: Closable): void {
    this.windows.delete(window);
    if (this.windows.size > 0 || this.#quitting) return;
    if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }

  #leave(): void {
    const will = preventable({});
    this.emit('will-quit', will);
    if (will.defaultPrevented) {
      this.#quitting = false;
      return;
    }
    this.exit(0);
  }
}

export const standInApp = new App(process.cwd());
export const app = strict('app', standInApp);
