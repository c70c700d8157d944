import type { ChildProcess } from 'node:child_process';

interface Channel {
  onread?: (this: Channel, ...read: unknown[]) => unknown;
}

/**
 * Calls back once what comes over the channel of a forked process is no message: its code wrote there, or closed it and
 * had its number given to a file. Node throws that where nobody can catch it, which would end this process too. Its own
 * handle is the only place to catch it; a Node without one keeps what it does.
 */
export function onUnreadable(child: ChildProcess, unreadable: () => void): void {
  const key = Object.getOwnPropertySymbols(child).find(({ description }) => description === 'kChannelHandle');
  const channel = key === undefined ? undefined : (child as unknown as Record<symbol, Channel | null>)[key];
  const read = channel?.onread;
  if (!channel || read === undefined) return;
  channel.onread = function (...args) {
    try {
      return read.apply(this, args);
    } catch {
      channel.onread = () => undefined;
      unreadable();
      return undefined;
    }
  };
}
