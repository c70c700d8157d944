import { describe, expect, it } from 'vitest';
import { readCgroupLimits } from '../../../../src/engine/metrics/machine/cgroup';
import { readLimits } from '../../../../src/engine/metrics/machine/limits';

const V2_MOUNT =
  '30 23 0:26 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:9 - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot\n';
const ROOT_MOUNT = '23 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw\n';
const V1_GROUPS =
  '12:cpuset:/docker/ab12\n4:cpu,cpuacct:/docker/ab12\n1:name=systemd:/docker/ab12\n0::/system.slice/containerd.service\n';
/** As seen inside a version 1 container: the mount's root is the container's own group. */
const V1_MOUNTS = `${ROOT_MOUNT}40 31 0:30 /docker/ab12 /sys/fs/cgroup/cpu,cpuacct ro,nosuid - cgroup cgroup rw,cpu,cpuacct
41 31 0:31 /docker/ab12 /sys/fs/cgroup/cpuset ro,nosuid - cgroup cgroup rw,cpuset
`;
const status = (cores: string): string =>
  `Name:\tnode\nCpus_allowed:\tff\nCpus_allowed_list:\t${cores}\nMems_allowed_list:\t0\n`;

type Files = Record<string, string>;
const read = (files: Files) => (path: string) => files[path] ?? null;
const limits = (files: Files, hardwareThreads = 8, availableParallelism = hardwareThreads) =>
  readLimits({ read: read(files), hardwareThreads, availableParallelism });

describe('limits of the use of cores', () => {
  it('are none on a plain machine', () => {
    expect(
      limits({
        '/proc/self/status': status('0-7'),
        '/proc/self/cgroup': '0::/init.scope\n',
        '/proc/self/mountinfo': ROOT_MOUNT + V2_MOUNT,
      }),
    ).toEqual({
      allowedCores: [0, 1, 2, 3, 4, 5, 6, 7],
      quotaCpus: null,
      effectiveCpus: 8,
      explanation: 'All of 8 cores can be used: no affinity mask, cpuset or quota limits them.',
    });
  });

  it('see what taskset did', () => {
    const found = limits({ '/proc/self/status': status('2,5-6') });
    expect(found).toMatchObject({ allowedCores: [2, 5, 6], effectiveCpus: 3 });
    expect(found.explanation).toBe('3 of 8 cores can be used: the affinity mask or cpuset allows cores 2, 5-6 only.');
  });

  it('see the quota of a version 2 container whose group is its root', () => {
    const found = limits({
      '/proc/self/status': status('0-7'),
      '/proc/self/cgroup': '0::/\n',
      '/proc/self/mountinfo': ROOT_MOUNT + V2_MOUNT,
      '/sys/fs/cgroup/cpu.max': '150000 100000\n',
      '/sys/fs/cgroup/cpuset.cpus.effective': '0-3\n',
    });
    expect(found).toMatchObject({ allowedCores: [0, 1, 2, 3], quotaCpus: 1.5, effectiveCpus: 1.5 });
    expect(found.explanation).toBe(
      "1.5 of 8 cores can be used: the affinity mask or cpuset allows cores 0-3 only, and the cgroup quota in /sys/fs/cgroup/cpu.max grants 1.5 CPUs' worth of time.",
    );
  });

  it('see a quota under one CPU', () => {
    const files = {
      '/proc/self/cgroup': '0::/\n',
      '/proc/self/mountinfo': V2_MOUNT,
      '/sys/fs/cgroup/cpu.max': '25000 100000',
    };
    expect(limits(files)).toMatchObject({ quotaCpus: 0.25, effectiveCpus: 0.25 });
  });

  it('take the smallest quota between a systemd slice and the root', () => {
    const slice = '/sys/fs/cgroup/user.slice/user-1000.slice';
    const files = {
      '/proc/self/cgroup': '0::/user.slice/user-1000.slice/session-2.scope\n',
      '/proc/self/mountinfo': V2_MOUNT,
      [`${slice}/session-2.scope/cpu.max`]: 'max 100000\n',
      [`${slice}/cpu.max`]: '300000 100000\n',
      '/sys/fs/cgroup/user.slice/cpu.max': '400000 100000\n',
      '/sys/fs/cgroup/user.slice/cpuset.cpus.effective': '0-5\n',
    };
    expect(readCgroupLimits(read(files))).toEqual({
      quota: { cpus: 3, file: `${slice}/cpu.max` },
      cpuset: { cores: [0, 1, 2, 3, 4, 5], file: '/sys/fs/cgroup/user.slice/cpuset.cpus.effective' },
      memory: null,
    });
  });

  it('take the smallest amount of memory between a systemd slice and the root, and none from "max"', () => {
    const slice = '/sys/fs/cgroup/user.slice/user-1000.slice';
    const files = {
      '/proc/self/cgroup': '0::/user.slice/user-1000.slice/session-2.scope\n',
      '/proc/self/mountinfo': V2_MOUNT,
      [`${slice}/session-2.scope/memory.max`]: 'max\n',
      [`${slice}/memory.max`]: '536870912\n',
      '/sys/fs/cgroup/user.slice/memory.max': '1073741824\n',
    };
    expect(readCgroupLimits(read(files)).memory).toEqual({ bytes: 2 ** 29, file: `${slice}/memory.max` });
    expect(readCgroupLimits(read({ ...files, [`${slice}/memory.max`]: '2147483648\n' })).memory).toEqual({
      bytes: 2 ** 30,
      file: '/sys/fs/cgroup/user.slice/memory.max',
    });
  });

  it('see the memory of a version 1 container, and none where its number says so', () => {
    const file = '/sys/fs/cgroup/memory/memory.limit_in_bytes';
    const files = {
      '/proc/self/cgroup': '4:memory:/docker/ab12\n',
      '/proc/self/mountinfo': `${ROOT_MOUNT}42 31 0:32 /docker/ab12 /sys/fs/cgroup/memory ro,nosuid - cgroup cgroup rw,memory\n`,
      [file]: '268435456\n',
    };
    expect(readCgroupLimits(read(files)).memory).toEqual({ bytes: 2 ** 28, file });
    expect(readCgroupLimits(read({ ...files, [file]: '9223372036854771712\n' })).memory).toBeNull();
  });

  it('see quota and cpuset of a version 1 container that names its group from outside', () => {
    const found = limits({
      '/proc/self/status': status('0-1'),
      '/proc/self/cgroup': V1_GROUPS,
      '/proc/self/mountinfo': V1_MOUNTS,
      '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us': '50000\n',
      '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us': '100000\n',
      '/sys/fs/cgroup/cpuset/cpuset.cpus': '0-1\n',
    });
    expect(found).toMatchObject({ allowedCores: [0, 1], quotaCpus: 0.5, effectiveCpus: 0.5 });
  });

  it('walk up version 1 groups, and take -1 as no quota', () => {
    const mount = '32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu\n';
    const files = (inner: string): Files => ({
      '/proc/self/cgroup': '1:cpu:/a/b\n0::/\n',
      '/proc/self/mountinfo': mount,
      '/sys/fs/cgroup/cpu/a/b/cpu.cfs_quota_us': inner,
      '/sys/fs/cgroup/cpu/a/b/cpu.cfs_period_us': '100000',
      '/sys/fs/cgroup/cpu/a/cpu.cfs_quota_us': '200000',
      '/sys/fs/cgroup/cpu/a/cpu.cfs_period_us': '100000',
    });
    expect(readCgroupLimits(read(files('-1'))).quota).toEqual({
      cpus: 2,
      file: '/sys/fs/cgroup/cpu/a/cpu.cfs_quota_us',
    });
    expect(readCgroupLimits(read(files('100000'))).quota?.cpus).toBe(1);
  });

  it('are read at the mount where a group lies outside of what a container sees', () => {
    const files = {
      '/proc/self/cgroup': '0::/../../other\n',
      '/proc/self/mountinfo': V2_MOUNT,
      '/sys/fs/cgroup/cpu.max': '100000 100000',
    };
    expect(readCgroupLimits(read(files)).quota?.cpus).toBe(1);
  });

  it('are found under a mount of a part of the tree', () => {
    const mount = '50 23 0:26 /kubepods /sys/fs/cgroup rw - cgroup2 cgroup rw\n';
    const files = {
      '/proc/self/cgroup': '0::/kubepods/pod7\n',
      '/proc/self/mountinfo': mount,
      '/sys/fs/cgroup/pod7/cpu.max': '200000 100000',
    };
    expect(readCgroupLimits(read(files)).quota?.cpus).toBe(2);
  });

  it('believe the affinity mask where a cpuset speaks of other cores', () => {
    const files = {
      '/proc/self/status': status('0-1'),
      '/proc/self/cgroup': '0::/\n',
      '/proc/self/mountinfo': V2_MOUNT,
      '/sys/fs/cgroup/cpuset.cpus.effective': '6-7',
    };
    expect(limits(files).allowedCores).toEqual([0, 1]);
  });

  it('rest on what every system tells where the kernel has no such files', () => {
    expect(limits({}, 8, 6)).toEqual({
      allowedCores: null,
      quotaCpus: null,
      effectiveCpus: 6,
      explanation: '6 of 8 cores can be used: the system lets this process use 6 of them.',
    });
    expect(limits({}, 1).explanation).toMatch(/^All of 1 core can/);
  });

  it('come through damaged files', () => {
    const files = {
      '/proc/self/status': 'nonsense',
      '/proc/self/cgroup': '::\n0:',
      '/proc/self/mountinfo': 'x - cgroup2\n- -\n',
    };
    expect(limits(files)).toMatchObject({ allowedCores: null, quotaCpus: null, effectiveCpus: 8 });
  });
});
