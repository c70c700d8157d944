import { describe, expect, it } from 'vitest';
import type { LiveReport } from '../../src/contract';
import { parseReportText } from '../../src/engine/reports/any-kind';
import { anyInterpreter } from '../engine/python/support/pythons';
import { asLive } from '../support/live-report';
import { coreloom } from './coreloom';

const interpreter = await anyInterpreter();
const python = ['--python', interpreter?.command[0] ?? ''];
const linux = process.platform === 'linux';

async function reportOf(args: readonly string[]): Promise<LiveReport> {
  const { code, out, err } = await coreloom([...args, '--json', ...python]).ended;
  expect({ code, err }).toMatchObject({ code: 0 });
  return asLive(parseReportText(out));
}

describe.skipIf(interpreter === null)('coreloom run with Python, measured', () => {
  // What is measured while other tests run is only held against what no machine could turn around.
  it.skipIf(interpreter?.lockOn === false)('says of work in pure Python that it keeps the lock', async () => {
    const [executor] = (await reportOf(['run', 'primes', '--python-threads', '2', '--size', '500', '--duration', '3s']))
      .executors;
    expect(executor?.lock).toMatchObject({ lock: 'shared' });
    expect(executor?.lock?.releasesLock).not.toBe(true);
    expect(executor?.lock?.coresBusy).toBeLessThan(1.15);
    expect(executor?.lock?.waitingShare).toBeGreaterThan(0.05);
    expect(executor?.memory?.residentBytesPerWorker ?? 1e6).toBeGreaterThan(1e5);
  });

  it.skipIf(!linux)(
    'keeps two cores with work in pure Python on two processes, or waits for those that others have',
    async () => {
      const report = await reportOf(['run', 'primes', '--python-processes', '2', '--size', '500', '--duration', '3s']);
      const [executor] = report.executors;
      expect(((executor?.cpuMs ?? 0) + (executor?.runQueueMs ?? 0)) / report.elapsedMs).toBeGreaterThan(1.6);
    },
  );

  it.each(['python-threads', 'python-processes'])(
    'gains with four workers of %s where the tasks wait',
    async (name) => {
      const [executor] = (await reportOf(['run', 'sleep', `--${name}`, '4', '--size', '50', '--duration', '1s']))
        .executors;
      // One worker could do 20 a second at most, four 80.
      expect(executor?.throughputPerSecond).toBeGreaterThan(1.6 * 20);
    },
  );

  it.skipIf(interpreter?.lockOn === false).each(['sha256', 'sleep', 'files', 'http', 'sql'])(
    'never says that %s keeps the lock',
    async (workload) => {
      const size = workload === 'sha256' ? ['--size', '8000000'] : [];
      const [executor] = (await reportOf(['run', workload, '--python-threads', '2', ...size, '--duration', '1500ms']))
        .executors;
      expect(executor?.lock).toMatchObject({ lock: 'shared' });
      expect(executor?.lock?.releasesLock).not.toBe(false);
      expect(executor?.lock?.heldShare ?? 0).toBeLessThan(0.8);
    },
  );
});
