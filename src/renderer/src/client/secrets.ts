/** What lets this page in: the secret in the address that opened it, until it was given one of its own. */
export interface Secrets {
  /** What to offer, best first. */
  offered(): string[];
  /** Keeps the secret of the session for this tab, over reloads, and takes that of the address out of it. */
  keep(session: string): void;
}

/** The part of a window that is used. */
export interface Place {
  location: Pick<Location, 'search' | 'pathname' | 'hash'>;
  history: Pick<History, 'replaceState'>;
  sessionStorage: Pick<Storage, 'getItem' | 'setItem'>;
}

const SLOT = 'coreloom-session';
/** What can be a subprotocol of a WebSocket: another makes no connection at all. */
const SECRET = /^[\w-]+$/;

/**
 * The secrets of a page. They live in its tab, for its origin with the port: unlike a cookie, no other server of this
 * machine gets or changes them.
 */
export function pageSecrets(page: Place): Secrets {
  let session = stored(page);
  let token = new URLSearchParams(page.location.search).get('token');
  return {
    // An address with a wrong token locks nobody out of a session that is good.
    offered: () => [...new Set([token, session])].filter(isSecret),
    keep(given) {
      session = given;
      if (!store(page, given)) return;
      token = null;
      // The view that is shown stands behind the #.
      page.history.replaceState(null, '', `${page.location.pathname}${page.location.hash}`);
    },
  };
}

const isSecret = (text: string | null): text is string => text !== null && SECRET.test(text);

function stored(page: Place): string | null {
  try {
    return page.sessionStorage.getItem(SLOT);
  } catch {
    return null;
  }
}

/** Answers false where the browser keeps nothing for pages: the address stays as it is then, for reloads. */
function store(page: Place, session: string): boolean {
  try {
    page.sessionStorage.setItem(SLOT, session);
    return true;
  } catch {
    return false;
  }
}
