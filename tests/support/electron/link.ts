/** One end of a channel that carries structured clones: `process` in the stand-in, the child process in the test. */
export interface Port {
  send(message: unknown): void;
  listen(receive: (message: unknown) => void): void;
}

type Frame =
  | { standIn: 'request'; id: number; type: string; argument: unknown }
  | { standIn: 'reply'; id: number; value: unknown }
  | { standIn: 'refusal'; id: number; message: string };

type Handlers = Record<string, (argument: never) => unknown>;

/** Requests and answers in both directions over a port. */
export class Link {
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  readonly #port: Port;
  readonly #handlers: Handlers;
  #next = 0;
  #closed: string | null = null;

  constructor(port: Port, handlers: Handlers) {
    this.#port = port;
    this.#handlers = handlers;
    port.listen((message) => {
      if (isFrame(message)) void this.#receive(message);
    });
  }

  request<Answer>(type: string, argument: unknown): Promise<Answer> {
    if (this.#closed !== null) return Promise.reject(new Error(this.#closed));
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      try {
        this.#port.send({ standIn: 'request', id, type, argument } satisfies Frame);
      } catch (error) {
        this.#waiting.delete(id);
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }

  /** Rejects whatever still waits: the other end is gone. */
  close(reason: string): void {
    this.#closed ??= reason;
    for (const { reject } of this.#waiting.values()) reject(new Error(reason));
    this.#waiting.clear();
  }

  async #receive(frame: Frame): Promise<void> {
    if (frame.standIn === 'request') {
      await this.#answer(frame);
      return;
    }
    const waiting = this.#waiting.get(frame.id);
    this.#waiting.delete(frame.id);
    if (frame.standIn === 'reply') waiting?.resolve(frame.value);
    else waiting?.reject(new Error(frame.message));
  }

  async #answer(frame: Extract<Frame, { standIn: 'request' }>): Promise<void> {
    let answer: Frame;
    try {
      const handler = this.#handlers[frame.type];
      if (handler === undefined) throw new Error(`The stand-in knows no request "${frame.type}".`);
      answer = { standIn: 'reply', id: frame.id, value: await handler(frame.argument as never) };
    } catch (error) {
      answer = { standIn: 'refusal', id: frame.id, message: error instanceof Error ? error.message : String(error) };
    }
    try {
      this.#port.send(answer);
    } catch (error) {
      // A value that cannot be cloned, or an end that has gone.
      if (answer.standIn === 'reply' && this.#closed === null) {
        this.#port.send({ standIn: 'refusal', id: frame.id, message: String(error) } satisfies Frame);
      }
    }
  }
}

function isFrame(message: unknown): message is Frame {
  return typeof message === 'object' && message !== null && 'standIn' in message;
}
