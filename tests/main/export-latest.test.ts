import { describe, expect, it } from 'vitest';
import type { Reply } from '../../src/contract';
import { exportLatest } from '../../src/main/export-latest';

const engineWith = (replies: Record<string, Reply<unknown>>, calls: unknown[][] = []) => ({
  call: (name: unknown, argument: unknown): Promise<Reply<unknown>> => {
    calls.push([name, argument]);
    return Promise.resolve(replies[String(name)] ?? { ok: true, value: null });
  },
});

describe('exportLatest', () => {
  it('exports the newest report in the format asked for', async () => {
    const calls: unknown[][] = [];
    const listReports = { ok: true, value: { reports: [{ id: 'new' }, { id: 'old' }], broken: [] } } as const;
    await exportLatest(engineWith({ listReports }, calls), 'markdown');
    expect(calls.at(-1)).toEqual(['exportReport', { id: 'new', format: 'markdown' }]);
  });

  it('says so where there is no report yet', async () => {
    const listReports = { ok: true, value: { reports: [], broken: [] } } as const;
    await expect(exportLatest(engineWith({ listReports }), 'html')).rejects.toMatchObject({ code: 'report-not-found' });
  });

  it('passes on why it failed', async () => {
    const listReports = { ok: true, value: { reports: [{ id: 'new' }], broken: [] } } as const;
    const exportReport = { ok: false, error: { code: 'disk-full', message: 'The disk is full.' } } as const;
    await expect(exportLatest(engineWith({ listReports, exportReport }), 'html')).rejects.toMatchObject({
      code: 'disk-full',
      message: 'The disk is full.',
    });
  });
});
