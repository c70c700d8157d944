import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

interface Answer {
  id?: number;
  result?: Record<string, unknown>;
  error?: { message?: string };
}

/** Speaks the Chrome DevTools Protocol to a browser that was started with `--remote-debugging-pipe`: it reads its 4th and writes its 5th stream. */
export interface BrowserPipe {
  /** Rejects where the browser refuses, or has gone. */
  ask(method: string, params?: Record<string, unknown>, sessionId?: string): Promise<Record<string, unknown>>;
}

export function openBrowserPipe(child: ChildProcess): BrowserPipe {
  const [, , , to, from] = child.stdio as [unknown, unknown, unknown, Writable, Readable];
  const waiting = new Map<number, { resolve(value: Record<string, unknown>): void; reject(error: Error): void }>();
  let gone: Error | null = null;
  let next = 1;
  let rest: Buffer[] = [];

  const receive = (text: string): void => {
    const { id, result, error } = JSON.parse(text) as Answer;
    const asked = id === undefined ? undefined : waiting.get(id);
    if (id === undefined || asked === undefined) return;
    waiting.delete(id);
    if (error) asked.reject(new Error(error.message ?? 'it refused'));
    else asked.resolve(result ?? {});
  };
  const end = (error: Error): void => {
    gone ??= error;
    for (const { reject } of waiting.values()) reject(gone);
    waiting.clear();
  };

  // A message ends with a NUL.
  from.on('data', (chunk: Buffer) => {
    let start = 0;
    for (let at = chunk.indexOf(0); at >= 0; at = chunk.indexOf(0, start)) {
      receive(Buffer.concat([...rest, chunk.subarray(start, at)]).toString('utf8'));
      rest = [];
      start = at + 1;
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
  });
  for (const stream of [to, from]) stream.on('error', end);
  child.on('error', end);
  child.on('exit', () => {
    end(new Error('it ended before it was done'));
  });

  return {
    ask(method, params = {}, sessionId) {
      if (gone) return Promise.reject(gone);
      const id = next++;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        to.write(`${JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`);
      });
    },
  };
}
