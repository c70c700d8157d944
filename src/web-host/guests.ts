import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** Connections that have shown no secret: those that load the page, those that are refused, and everybody else's. */
export interface Guests {
  /** From now on the connection is a client's and no guest's. */
  release(connection: Duplex): void;
}

export interface GuestLimits {
  most?: number;
  /** How long a connection may be a guest, ms, whatever it does or leaves undone: a page over a slow tunnel has loaded by then. */
  longestMs?: number;
}

/** The most connections of one kind: few beside the files that a run needs, if the system allows this process few. */
export function mostConnections(fileLimit: number | null): number {
  return Math.max(4, Math.min(64, Math.floor((fileLimit ?? Infinity) / 8)));
}

/**
 * Keeps guests few, so that files remain for runs: the oldest is cut off for a new one. Other programs can fill the house
 * all the time and still keep nobody out, since a page needs its place for milliseconds.
 */
export function boundGuests(
  server: Server,
  { most = mostConnections(openFileLimit()), longestMs = 60_000 }: GuestLimits = {},
): Guests {
  const guests = new Map<Duplex, NodeJS.Timeout>();
  const release = (connection: Duplex): void => {
    clearTimeout(guests.get(connection));
    guests.delete(connection);
  };
  server.on('connection', (connection: Duplex) => {
    guests.set(connection, setTimeout(() => connection.destroy(), longestMs).unref());
    connection.on('close', () => {
      release(connection);
    });
    const [oldest] = guests.keys();
    if (guests.size <= most || oldest === undefined) return;
    release(oldest);
    oldest.destroy();
  });
  return { release };
}

/** How many files this process may have open; null if the system does not say. */
export function openFileLimit(): number | null {
  try {
    const [, soft] = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return soft === undefined ? null : Number(soft);
  } catch {
    return null;
  }
}
