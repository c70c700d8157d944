import { describe, expect, it } from 'vitest';
import type { Host } from '../../../src/engine/python/host';
import { PythonWorker } from '../../../src/engine/python/python-worker';
import type { WorkerExit } from '../../../src/engine/worker';

describe('the parent half of a Python worker', () => {
  it('tells of its end also where it is asked to end between that and its last messages', async () => {
    const killed: number[] = [];
    const host = {
      pid: 1,
      started: true,
      add: () => 1,
      remove: () => undefined,
      leaving: () => undefined,
      killWorker: ({ number }: PythonWorker) => killed.push(number),
    } as unknown as Host;
    const exit = await new Promise<WorkerExit>((resolve) => {
      const silent = () => undefined;
      const events = {
        ready: silent,
        pong: silent,
        results: silent,
        returned: silent,
        room: silent,
        line: silent,
        fault: silent,
        broken: silent,
        ended: resolve,
      };
      const worker = new PythonWorker(1, host, events, { loaded: silent, worked: silent, ended: silent });
      // It ended before it ever connected, so nothing closes.
      worker.gone({ code: 1, signal: null, reason: null });
      worker.stop();
    });
    expect(exit).toEqual({ code: 1, signal: null, reason: null });
    expect(killed).toEqual([]);
  });

  it('says how well the clock of its host is known', () => {
    const host = { add: () => 1, clock: { skew: { aheadMs: 60_000, uncertainMs: 0.4 } } } as unknown as Host;
    const nothing = {} as unknown as ConstructorParameters<typeof PythonWorker>[2];
    const worker = new PythonWorker(1, host, nothing, { loaded: () => {}, worked: () => {}, ended: () => {} });
    expect(worker.clockErrorMs).toBe(0.4);
  });
});
