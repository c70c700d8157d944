import { CoreloomError } from '../../contract';

/** A promise that is settled from outside; once settled it stays so. */
export interface Deferred<T> {
  promise: Promise<T>;
  resolve(value: T): void;
  reject(error: CoreloomError): void;
}

/** Creates one that rejects with `sampler-failed` and the message after `deadlineMs`. */
export function defer<T>(deadlineMs: number, message: string): Deferred<T> {
  let settle: Omit<Deferred<T>, 'promise'> | undefined;
  const settled = new Promise<T>((resolve, reject) => (settle = { resolve, reject }));
  const timer = setTimeout(() => settle?.reject(new CoreloomError('sampler-failed', message)), deadlineMs);
  const promise = settled.finally(() => {
    clearTimeout(timer);
  });
  // A caller that waits sees the rejection; nobody has to wait.
  promise.catch(() => {});
  return { promise, resolve: (value) => settle?.resolve(value), reject: (error) => settle?.reject(error) };
}
