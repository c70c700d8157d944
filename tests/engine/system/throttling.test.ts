import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  createThrottlingReader,
  parseThrottled,
  stoppedShare,
  throttledBetween,
  type Throttling,
} from '../../../src/engine/system/throttling';

const V2 = {
  '/proc/self/cgroup': '0::/app/job\n',
  '/proc/self/mountinfo': '30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n',
};

/** The control groups of a machine, as files. */
function machine(files: Record<string, string>): { read(path: string): string | null; files: Map<string, string> } {
  const all = new Map(Object.entries(files));
  return { files: all, read: (path) => all.get(path) ?? null };
}

describe('what a quota keeps off the cores', () => {
  it('is read as version 2 and version 1 write it', () => {
    expect(parseThrottled('usage_usec 9\nnr_periods 3\nnr_throttled 2\nthrottled_usec 2500\n')).toEqual({
      periods: 3,
      stopped: 2,
      stoppedMs: 2.5,
    });
    expect(parseThrottled('nr_periods 131\nnr_throttled 47\nthrottled_time 1451528802\n')).toMatchObject({
      periods: 131,
      stopped: 47,
      stoppedMs: 1451.528802,
    });
    expect(parseThrottled('usage_usec 9\n')).toBeNull();
  });

  it('is the growth of every group with a quota, on the way to the root', () => {
    const { read, files } = machine({
      ...V2,
      '/sys/fs/cgroup/app/job/cpu.max': 'max 100000\n',
      '/sys/fs/cgroup/app/job/cpu.stat': 'throttled_usec 7000\n',
      '/sys/fs/cgroup/app/cpu.max': '50000 100000\n',
      '/sys/fs/cgroup/app/cpu.stat': 'throttled_usec 1000\n',
    });
    const end = createThrottlingReader(read)();
    files
      .set('/sys/fs/cgroup/app/job/cpu.stat', 'throttled_usec 9000\n')
      .set('/sys/fs/cgroup/app/cpu.stat', 'throttled_usec 4000\n');
    expect(end()).toBe(3);
  });

  it('is not known where no quota is set, or nothing counts', () => {
    expect(
      createThrottlingReader(machine({ ...V2, '/sys/fs/cgroup/app/cpu.max': 'max 100000\n' }).read)()(),
    ).toBeNull();
    expect(createThrottlingReader(machine({}).read)()()).toBeNull();
  });

  it('is told of the group that stopped its threads in most of its periods', () => {
    const at = (...groups: [string, number, number][]): Throttling =>
      new Map(groups.map(([file, periods, stopped]) => [file, { periods, stopped, stoppedMs: stopped * 50 }]));
    const done = throttledBetween(at(['outer', 100, 100], ['inner', 50, 0]), at(['outer', 110, 101], ['inner', 60, 9]));
    expect(done).toEqual({ periods: 10, stopped: 9, stoppedMs: 450 });
    expect(stoppedShare(done)).toBe(0.9);
    expect(throttledBetween(at(['outer', 100, 100]), at(['outer', 100, 100]))).toBeNull();
    expect(stoppedShare(null)).toBe(0);
  });

  const group = '/sys/fs/cgroup/cpu/coreloom-throttling-test';
  const ready = ((): boolean => {
    try {
      // Not with what is missing above it: Node 24 goes on without end where the system makes no folders (/sys, /proc).
      if (!existsSync(group)) mkdirSync(group);
      writeFileSync(`${group}/cpu.cfs_quota_us`, '20000');
      return readFileSync(`${group}/cpu.cfs_quota_us`, 'utf8').trim() === '20000';
    } catch {
      return false;
    }
  })();
  if (!ready)
    console.log('Skipped: a real quota needs root and the cpu controller of version 1 at /sys/fs/cgroup/cpu.');

  it.skipIf(!ready)('grows in a real quota, where a process wants more than it has', () => {
    const burn = `const {readFileSync}=require('fs');const t=()=>BigInt(/throttled_time (\\d+)/.exec(readFileSync('${group}/cpu.stat','utf8'))[1]);const a=t();while(t()===a);`;
    execFileSync('sh', ['-c', `echo $$ > ${group}/cgroup.procs && exec "$0" -e "$1"`, process.execPath, burn]);
    expect(parseThrottled(readFileSync(`${group}/cpu.stat`, 'utf8'))?.stoppedMs).toBeGreaterThan(0);
    rmdirSync(group);
  });
});
