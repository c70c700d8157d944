import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

type Values = Record<string, unknown>;

/** An answer to what was asked under its id, or an event, which has none. */
interface Message {
  id?: number;
  result?: Values;
  error?: { message?: string };
  method?: string;
  params?: Values;
}

interface Waiting {
  resolve(value: Values): void;
  reject(error: Error): void;
}

/** Speaks the Chrome DevTools Protocol to a browser that was started with `--remote-debugging-pipe`: it reads its 4th and writes its 5th stream. */
export interface BrowserPipe {
  /** Rejects where the browser refuses, or has gone. */
  ask(method: string, params?: Values, sessionId?: string): Promise<Values>;
  /** The next event of this name that fits, with what it says. Rejects where the browser has gone. */
  next(method: string, fits: (params: Values) => boolean): Promise<Values>;
}

export function openBrowserPipe(child: ChildProcess): BrowserPipe {
  const [, , , to, from] = child.stdio as [unknown, unknown, unknown, Writable, Readable];
  const waiting = new Map<number, Waiting>();
  const listening = new Set<Waiting & { method: string; fits(params: Values): boolean }>();
  let gone: Error | null = null;
  let asked = 1;
  let rest: Buffer[] = [];

  const answer = (id: number, { result, error }: Message): void => {
    const asker = waiting.get(id);
    waiting.delete(id);
    if (error) asker?.reject(new Error(error.message ?? 'the browser refused the command'));
    else asker?.resolve(result ?? {});
  };
  const tell = ({ method, params = {} }: Message): void => {
    for (const listener of listening) {
      if (listener.method !== method || !listener.fits(params)) continue;
      listening.delete(listener);
      listener.resolve(params);
    }
  };
  const receive = (text: string): void => {
    const message = JSON.parse(text) as Message;
    if (message.id === undefined) tell(message);
    else answer(message.id, message);
  };
  const end = (error: Error): void => {
    gone ??= error;
    for (const { reject } of [...waiting.values(), ...listening]) reject(gone);
    waiting.clear();
    listening.clear();
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
  const ended = (): void => {
    end(new Error('the browser exited too early'));
  };
  to.on('error', ended);
  from.on('error', ended).on('end', ended);
  child.on('error', end);
  child.on('exit', ended);

  return {
    ask(method, params = {}, sessionId) {
      if (gone) return Promise.reject(gone);
      const id = asked++;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        to.write(`${JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`);
      });
    },
    next(method, fits) {
      if (gone) return Promise.reject(gone);
      return new Promise((resolve, reject) => listening.add({ method, fits, resolve, reject }));
    },
  };
}
