import type { Executor } from '../executor';

/** Idle workers have this long for `teardown` once they are not wanted any more. */
const LEAVE_MS = 600;

/** Lets idle workers end by themselves, for a bounded time. */
export async function leave(pool: Pick<Executor<unknown, unknown>, 'resize' | 'status' | 'on'>): Promise<void> {
  pool.resize(0);
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (pool.status().workers.length > 0) return;
      clearTimeout(timer);
      off();
      resolve();
    };
    const timer = setTimeout(() => {
      off();
      resolve();
    }, LEAVE_MS);
    const off = pool.on(look);
    look();
  });
}
