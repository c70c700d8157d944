/** Scheme and origin of the app's own pages. */
export const APP_SCHEME = 'coreloom';
export const APP_ORIGIN = `${APP_SCHEME}://app`;
export const APP_URL = `${APP_ORIGIN}/index.html`;
/** Origin of pages that are printed: not that of the app, whose bridge is for its own page alone. */
export const PRINT_ORIGIN = `${APP_SCHEME}://print`;

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Where the page comes from: the built renderer, or in development the bundler's server, which must be on loopback. */
export interface PageSource {
  url: string;
  origin: string;
}

/**
 * Chooses the page's source. A development server is honoured only by an unpackaged app, and only on loopback:
 * anything else would hand the bridge to a page from elsewhere.
 */
export function pageSource(options: { isPackaged: boolean; developmentUrl: string | undefined }): PageSource {
  const { isPackaged, developmentUrl } = options;
  if (!isPackaged && developmentUrl !== undefined && URL.canParse(developmentUrl)) {
    const url = new URL(developmentUrl);
    if (url.protocol === 'http:' && LOOPBACK.has(url.hostname)) return { url: url.href, origin: url.origin };
  }
  return { url: APP_URL, origin: APP_ORIGIN };
}

/**
 * The origin of a URL as `scheme://host`. `URL.origin` answers "null" for a scheme that Node does not know, so it is
 * put together here; null where the text is no URL.
 */
export function originOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  return parsed.host === '' ? null : `${parsed.protocol}//${parsed.host}`;
}
