/** How a request failed, as Chromium names and numbers it (net/base/net_error_list.h). */
export interface NetError {
  name: string;
  code: number;
}

const CODES: Readonly<Record<string, number>> = {
  ERR_FAILED: -2,
  ERR_ABORTED: -3,
  ERR_INVALID_ARGUMENT: -4,
  ERR_FILE_NOT_FOUND: -6,
  ERR_TIMED_OUT: -7,
  ERR_UNEXPECTED: -9,
  ERR_ACCESS_DENIED: -10,
  ERR_CONNECTION_CLOSED: -100,
  ERR_CONNECTION_RESET: -101,
  ERR_CONNECTION_REFUSED: -102,
  ERR_CONNECTION_ABORTED: -103,
  ERR_CONNECTION_FAILED: -104,
  ERR_NAME_NOT_RESOLVED: -105,
  ERR_INTERNET_DISCONNECTED: -106,
  ERR_ADDRESS_UNREACHABLE: -109,
  ERR_INVALID_URL: -300,
  ERR_UNKNOWN_URL_SCHEME: -302,
  ERR_UNSAFE_PORT: -312,
  ERR_INVALID_RESPONSE: -320,
  ERR_EMPTY_RESPONSE: -324,
};

export function netError(name: string): NetError {
  const code = CODES[name];
  if (code === undefined) throw new Error(`The stand-in for Electron does not know the network error ${name}.`);
  return { name, code };
}

/** The error that a text of Playwright's names; a page that closes or crashes meanwhile has failed. */
export function netErrorIn(text: string): NetError {
  const [, name] = /net::(ERR_[A-Z_]+)/.exec(text) ?? [];
  if (name !== undefined) return netError(name);
  return netError(/interrupted by another navigation/.test(text) ? 'ERR_ABORTED' : 'ERR_FAILED');
}
