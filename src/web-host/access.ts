import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Whether a request may be answered, and if not, why, in plain words. */
export type Verdict = { ok: true } | { ok: false; reason: string };

export interface Access {
  /** Goes into the printed address; whoever has it may use the host. */
  readonly token: string;
  /** `Set-Cookie` for a browser that came with the token. */
  readonly cookie: string;
  /** The token, or a key that was issued and is used up by this. */
  isToken(candidate: string): boolean;
  /** A key that takes the token's place once: for an address that others may read, as every user may a command line. */
  issueKey(): string;
  /** Host and Origin: refuses pages of other sites and names that were made to point here (DNS rebinding). */
  checkSource(headers: IncomingHttpHeaders): Verdict;
  /** The cookie that the token was exchanged for. */
  checkCookie(headers: IncomingHttpHeaders): Verdict;
}

const OPEN_PRINTED = 'Open the address that Coreloom printed in its terminal.';

/** Access rules of a web host on loopback at `port`; the token is random unless given. */
export function createAccess(port: number, token = randomBytes(32).toString('base64url')): Access {
  const session = randomBytes(32).toString('base64url');
  // Cookies do not tell ports apart: the name does.
  const name = `coreloom-${String(port)}`;
  let keys: string[] = [];
  const hosts = new Set([`127.0.0.1:${String(port)}`, `localhost:${String(port)}`]);

  return {
    token,
    cookie: `${name}=${session}; HttpOnly; SameSite=Strict; Path=/`,
    isToken(candidate) {
      if (sameSecret(candidate, token)) return true;
      const key = keys.find((issued) => sameSecret(candidate, issued));
      keys = keys.filter((issued) => issued !== key);
      return key !== undefined;
    },
    issueKey() {
      const key = randomBytes(32).toString('base64url');
      keys.push(key);
      return key;
    },
    checkSource(headers) {
      const { host, origin } = headers;
      if (host === undefined || !hosts.has(host)) {
        return { ok: false, reason: `This server answers only to 127.0.0.1, not to another name. ${OPEN_PRINTED}` };
      }
      if (origin !== undefined && origin !== `http://${host}`) {
        return { ok: false, reason: 'This request comes from a page of another site and is refused.' };
      }
      return { ok: true };
    },
    checkCookie(headers) {
      const given = cookieValue(headers.cookie, name);
      if (given !== undefined && sameSecret(given, session)) return { ok: true };
      return { ok: false, reason: `This request carries no valid token. ${OPEN_PRINTED}` };
    },
  };
}

function cookieValue(header: string | undefined, name: string): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** Takes the same time wherever the two differ. */
function sameSecret(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
