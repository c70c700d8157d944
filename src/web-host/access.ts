import { createHash, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Whether a request may be answered, and if not, why, in plain words. */
export type Verdict = { ok: true } | { ok: false; reason: string };

/** One page that came in. It is told apart from every other, and can be ended alone. */
export interface Session {
  /** Brings its page back in, after a reload or a lost connection. */
  readonly secret: string;
  /** The key it came in with; null for the printed token. */
  readonly key: Key | null;
  /** Ends its connection; null while it has none. */
  hangUp: (() => void) | null;
}

interface Key {
  used: boolean;
}

export interface AccessOptions {
  port: number;
  /** Default: random. */
  token?: string | undefined;
  /** Told if a key comes a second time: somebody else has read it. What it had opened has ended by then. */
  onKeyReused?: (() => void) | undefined;
}

export interface Access {
  /** Goes into the printed address; everyone who has it may use the host. */
  readonly token: string;
  /** A key that takes the token's place once. */
  issueKey(): string;
  /** Host and Origin: refuses pages of other sites and names that were made to point here (DNS rebinding). */
  checkSource(headers: IncomingHttpHeaders): Verdict;
  /** The session that the first good one of these secrets opens, or goes on with; null if none is good. */
  enter(secrets: readonly string[]): Session | null;
}

export const OPEN_PRINTED = 'Open the address that Coreloom printed in its terminal.';
/** Sessions that are remembered; beyond, the oldest without a connection is forgotten. */
const MOST_SESSIONS = 1000;

/**
 * Access rules of a web host on loopback. No cookie takes part: cookies reach every port of a machine. A page keeps the
 * secret of its session in its tab, where only pages of the same origin, port included, can read it.
 */
export function createAccess({ port, token = newSecret(), onKeyReused }: AccessOptions): Access {
  const hosts = new Set([`127.0.0.1:${String(port)}`, `localhost:${String(port)}`]);
  const tokenHash = hashOf(token);
  const keys = new Map<string, Key>();
  const sessions = new Map<string, Session>();

  const begin = (key: Key | null): Session => {
    const session = { secret: newSecret(), key, hangUp: null };
    sessions.set(hashOf(session.secret), session);
    if (sessions.size > MOST_SESSIONS) forgetOldest(sessions);
    return session;
  };

  const endAllOf = (key: Key): void => {
    const ended = [...sessions].filter(([, session]) => session.key === key);
    for (const [hash, session] of ended) {
      sessions.delete(hash);
      session.hangUp?.();
    }
  };

  /** Nobody can tell which of two is the right one, so neither stays. */
  const useKey = (hash: string, key: Key): Session | null => {
    if (!key.used) {
      key.used = true;
      return begin(key);
    }
    keys.delete(hash);
    endAllOf(key);
    onKeyReused?.();
    return null;
  };

  const enterWith = (secret: string): Session | null => {
    const hash = hashOf(secret);
    if (hash === tokenHash) return begin(null);
    const session = sessions.get(hash);
    // A duplicated tab comes with the secret of the first.
    if (session !== undefined) return session.hangUp === null ? session : begin(session.key);
    const key = keys.get(hash);
    return key === undefined ? null : useKey(hash, key);
  };

  return {
    token,
    issueKey() {
      const key = newSecret();
      keys.set(hashOf(key), { used: false });
      return key;
    },
    checkSource: (headers) => checkSource(headers, hosts),
    enter(secrets) {
      for (const secret of secrets) {
        const session = enterWith(secret);
        if (session !== null) return session;
      }
      return null;
    },
  };
}

function checkSource({ host, origin }: IncomingHttpHeaders, hosts: ReadonlySet<string>): Verdict {
  if (host === undefined || !hosts.has(host)) {
    return {
      ok: false,
      reason: `This server can be reached only as 127.0.0.1, not under another name. ${OPEN_PRINTED}`,
    };
  }
  if (origin !== undefined && origin !== `http://${host}`) {
    return { ok: false, reason: 'This request comes from a page of another site and is refused.' };
  }
  return { ok: true };
}

function forgetOldest(sessions: Map<string, Session>): void {
  const oldest = [...sessions].find(([, session]) => session.hangUp === null);
  if (oldest !== undefined) sessions.delete(oldest[0]);
}

const newSecret = (): string => randomBytes(32).toString('base64url');

/** Secrets are looked up by their hash: how long that takes says nothing of the secret. */
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64');
