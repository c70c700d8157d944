import type { App, Session, WebContents, WebPreferences } from 'electron';
import { originOf, type PageSource } from './origin';

/** How every window of Coreloom is opened; each item is one of Electron's security checklist. */
export const SAFE_WEB_PREFERENCES = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
} as const satisfies WebPreferences;

/** Denies every permission (Electron grants them by default) and every download: exports go through the save dialog. */
export function secureSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => {
    event.preventDefault();
  });
}

const withoutHash = (url: string): string => url.replace(/#.*$/, '');

/** A reload asks to navigate too; it is the one navigation that a page may start. */
function isReload(contents: WebContents, source: PageSource, url: string): boolean {
  return originOf(url) === source.origin && withoutHash(url) === withoutHash(contents.getURL());
}

/** Keeps the contents of a window where they are: no other page, no other window, no webview. */
export function secureContents(contents: WebContents, source: PageSource): void {
  const stay = (event: { preventDefault(): void; url: string }): void => {
    if (!isReload(contents, source, event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Applies the rules to whatever contents the app will ever create. */
export function secureEveryContents(app: App, source: PageSource): void {
  app.on('web-contents-created', (_event, contents) => {
    secureContents(contents, source);
  });
}
