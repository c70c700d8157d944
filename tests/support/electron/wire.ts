import type { NetError } from './net-errors';

/** What the stand-in's main process and the display (the test, which owns the browser) say to each other. */
export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A frame of a page as `senderFrame` shows it; `parent` is null for the top frame. */
export interface FrameInfo {
  url: string;
  parent: FrameInfo | null;
}

/** Asked of the display. */
export interface DisplayRequests {
  'open-window': { window: number; bounds: Rectangle; preload: string | null; javascript: boolean };
  'close-window': { window: number };
  'load-url': { window: number; url: string };
  reload: { window: number };
  crash: { window: number };
  print: { window: number; printBackground?: boolean; preferCSSPageSize?: boolean; generateTaggedPDF?: boolean };
  'set-bounds': { window: number; bounds: Rectangle };
  send: { window: number; channel: string; args: unknown[] };
  grant: { permissions: string[] };
}

/** Asked of the main process. */
export interface MainRequests {
  fetch: FetchRequest;
  'will-navigate': { window: number; url: string; isMainFrame: boolean };
  'window-open': { window: number; url: string };
  'did-navigate': { window: number; url: string };
  'did-finish-load': { window: number };
  'did-fail-load': { window: number; url: string; error: NetError };
  painted: { window: number };
  'render-process-gone': { window: number; reason: string; exitCode: number };
  invoke: { window: number; channel: string; args: unknown[]; frame: FrameInfo };
  'end-session': { windows: boolean };
  evaluate: { source: string; argument: unknown };
}

/** A request for an address of a custom scheme. */
export interface FetchRequest {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: Uint8Array | null;
  /** True where the page's script asks by `fetch`, which a scheme must be privileged for. */
  byFetch: boolean;
}

export type FetchAnswer = { status: number; headers: Record<string, string>; body: Uint8Array } | { error: NetError };

/** Carries to the page's half, not to the page, which files are about to be dropped on it. */
export const DROPPED_CHANNEL = 'stand-in:dropped';

/** How an `invoke` ended; an error crosses as its text alone, as in Electron. */
export type InvokeAnswer = { ok: true; value: unknown } | { ok: false; message: string };

/**
 * Chromium cannot be taught a scheme from outside, so a page of `scheme://host/` is shown at an https address that no
 * network knows: it has an origin and is a secure context, as a privileged standard scheme is.
 */
const SHOWN = /^https:\/\/([a-z0-9-]+)\.([a-z0-9-]+)\.invalid(?=\/|$)/;
const CUSTOM = /^([a-z][a-z0-9-]*):\/\/([a-z0-9-]+)(?=\/|$)/;
const PLAIN_SCHEMES = new Set(['http', 'https', 'file', 'ws', 'wss']);

export function shownUrl(url: string): string {
  const match = CUSTOM.exec(url);
  const [whole = '', scheme = '', host = ''] = match ?? [];
  return match === null || PLAIN_SCHEMES.has(scheme)
    ? url
    : `https://${host}.${scheme}.invalid${url.slice(whole.length)}`;
}

export function realUrl(shown: string): string {
  const match = SHOWN.exec(shown);
  const [whole = '', host = '', scheme = ''] = match ?? [];
  return match === null ? shown : `${scheme}://${host}${shown.slice(whole.length)}`;
}
