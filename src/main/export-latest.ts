import { CoreloomError, type Reply, type ReportFormat, type ReportList } from '../contract';
import type { Engine } from '../engine';

function valueOf(reply: Reply<unknown>): unknown {
  if (reply.ok) return reply.value;
  throw new CoreloomError(reply.error.code, reply.error.message);
}

/** Exports the newest saved report; rejects with `report-not-found` where no run has ended yet. */
export async function exportLatest(engine: Pick<Engine, 'call'>, format: ReportFormat): Promise<void> {
  const { reports } = valueOf(await engine.call('listReports', { limit: 1 })) as ReportList;
  const [newest] = reports;
  if (newest === undefined)
    throw new CoreloomError('report-not-found', 'There is no report yet: run a workload first.');
  valueOf(await engine.call('exportReport', { id: newest.id, format }));
}
