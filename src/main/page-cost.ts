import type { App } from 'electron';

/** Processes of Electron that draw the window: the page's own, and the one that puts its picture on the screen. */
const DRAWING = new Set(['Tab', 'GPU']);
const EVERY_MS = 2000;

export interface PageCostOptions {
  metrics: () => Pick<ReturnType<App['getAppMetrics']>[number], 'pid' | 'type' | 'cpu'>[];
  nowMs: () => number;
  /** CPU time of the window as a share of one core since the time before. */
  tell: (share: number) => void;
}

/** CPU seconds of each process that draws; only those whose sum is told. */
function spent(metrics: PageCostOptions['metrics']): Map<number, number> {
  return new Map(
    metrics().flatMap(({ pid, type, cpu: { cumulativeCPUUsage } }) =>
      DRAWING.has(type) && cumulativeCPUUsage !== undefined ? [[pid, cumulativeCPUUsage] as const] : [],
    ),
  );
}

/** Watches what the window costs, and says nothing where the system does not tell. Returns the stop. */
export function watchPageCost({ metrics, nowMs, tell }: PageCostOptions): () => void {
  let before = { atMs: nowMs(), spent: spent(metrics) };
  const timer = setInterval(() => {
    const now = { atMs: nowMs(), spent: spent(metrics) };
    let seconds = 0;
    // A process that began since counts from its begin.
    for (const [pid, total] of now.spent) seconds += total - (before.spent.get(pid) ?? 0);
    if (now.spent.size > 0) tell((seconds * 1000) / (now.atMs - before.atMs));
    before = now;
  }, EVERY_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}
