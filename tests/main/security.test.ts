import { EventEmitter } from 'node:events';
import type { App, Session, WebContents } from 'electron';
import { describe, expect, it } from 'vitest';
import { APP_ORIGIN, APP_URL } from '../../src/main/origin';
import { SAFE_WEB_PREFERENCES, secureContents, secureEveryContents, secureSession } from '../../src/main/security';

const source = { url: APP_URL, origin: APP_ORIGIN };

class FakeContents extends EventEmitter {
  openHandler: ((details: { url: string }) => unknown) | null = null;
  url = APP_URL;
  getURL(): string {
    return this.url;
  }
  setWindowOpenHandler(handler: (details: { url: string }) => unknown): void {
    this.openHandler = handler;
  }
  /** True where the event's default was prevented. */
  prevents(name: string, url = ''): boolean {
    let prevented = false;
    this.emit(name, { url, preventDefault: () => (prevented = true) });
    return prevented;
  }
}

function secured(): FakeContents {
  const contents = new FakeContents();
  secureContents(contents as unknown as WebContents, source);
  return contents;
}

class FakeSession extends EventEmitter {
  request: ((contents: unknown, permission: string, answer: (granted: boolean) => void) => void) | null = null;
  check: (() => boolean) | null = null;
  device: (() => boolean) | null = null;
  setPermissionRequestHandler(handler: typeof this.request): void {
    this.request = handler;
  }
  setPermissionCheckHandler(handler: typeof this.check): void {
    this.check = handler;
  }
  setDevicePermissionHandler(handler: typeof this.device): void {
    this.device = handler;
  }
}

describe('the security of every page', () => {
  it('opens windows sandboxed, isolated, without Node, with web security and no experiments', () => {
    expect(SAFE_WEB_PREFERENCES).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
    });
  });

  it.each(['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'fullscreen'])(
    'denies the permission %s',
    (permission) => {
      const session = new FakeSession();
      secureSession(session as unknown as Session);
      const answers: boolean[] = [];
      session.request?.(null, permission, (granted) => answers.push(granted));
      expect(answers).toEqual([false]);
      expect(session.check?.()).toBe(false);
      expect(session.device?.()).toBe(false);
    },
  );

  it('denies downloads', () => {
    const session = new FakeSession();
    secureSession(session as unknown as Session);
    let prevented = false;
    session.emit('will-download', { preventDefault: () => (prevented = true) });
    expect(prevented).toBe(true);
  });

  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('denies %s to anywhere else', (name) => {
    const contents = secured();
    for (const url of [
      'https://example.com/',
      'file:///etc/passwd',
      'data:text/html,x',
      'coreloom://other/index.html',
      'coreloom://app/other.html',
      'javascript:1',
    ]) {
      expect(contents.prevents(name, url), url).toBe(true);
    }
  });

  it('lets a page reload itself', () => {
    expect(secured().prevents('will-navigate', `${APP_URL}#live`)).toBe(false);
  });

  it('does not let a foreign page reload itself', () => {
    const contents = secured();
    contents.url = 'https://example.com/';
    expect(contents.prevents('will-navigate', 'https://example.com/')).toBe(true);
  });

  it('cancels webviews', () => {
    expect(secured().prevents('will-attach-webview')).toBe(true);
  });

  it('opens no further window', () => {
    expect(secured().openHandler?.({ url: APP_URL })).toEqual({ action: 'deny' });
  });

  it('holds for whatever contents are ever created', () => {
    const app = new EventEmitter();
    secureEveryContents(app as unknown as App, source);
    const contents = new FakeContents();
    app.emit('web-contents-created', {}, contents);
    expect(contents.prevents('will-attach-webview')).toBe(true);
  });
});
