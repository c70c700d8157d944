import { describe, expect, it } from 'vitest';
import { osName } from '../../../../src/engine/metrics/machine/machine';
import { readTopology } from '../../../../src/engine/metrics/machine/topology';

const CPU = '/sys/devices/system/cpu';
type Files = Record<string, string>;
const read = (files: Files) => (path: string) => files[path] ?? null;

/** Files of cores whose physical core is given for each hardware thread. */
function topology(coreIds: number[], more: Files = {}): Files {
  const files: Files = { [`${CPU}/online`]: `0-${String(coreIds.length - 1)}\n`, ...more };
  coreIds.forEach((id, core) => {
    files[`${CPU}/cpu${String(core)}/topology/core_id`] = `${String(id)}\n`;
    files[`${CPU}/cpu${String(core)}/topology/physical_package_id`] = '0\n';
  });
  return files;
}

describe('readTopology', () => {
  it('counts physical cores and threads per core', () => {
    const files = topology([0, 1, 2, 3, 0, 1, 2, 3], { [`${CPU}/cpu0/cpufreq/scaling_governor`]: 'powersave\n' });
    expect(readTopology(read(files))).toEqual({
      physicalCores: 4,
      threadsPerCore: 2,
      coreKinds: null,
      governor: 'powersave',
    });
  });

  it('keeps cores of the same number on two sockets apart', () => {
    const files = topology([0, 0]);
    files[`${CPU}/cpu1/topology/physical_package_id`] = '1';
    expect(readTopology(read(files)).physicalCores).toBe(2);
  });

  it('tells the kinds of a hybrid Intel processor', () => {
    const files = topology([0, 0, 1, 2], {
      '/sys/devices/cpu_core/cpus': '0-1\n',
      '/sys/devices/cpu_atom/cpus': '2-3\n',
    });
    expect(readTopology(read(files)).coreKinds).toEqual([
      { kind: 'performance', count: 2 },
      { kind: 'efficiency', count: 2 },
    ]);
  });

  it('tells the kinds of an ARM processor by their capacity', () => {
    const files = topology([0, 1, 2]);
    [446, 446, 1024].forEach((capacity, core) => (files[`${CPU}/cpu${String(core)}/cpu_capacity`] = String(capacity)));
    expect(readTopology(read(files)).coreKinds).toEqual([
      { kind: 'performance', count: 1 },
      { kind: 'efficiency', count: 2 },
    ]);
  });

  it('knows nothing where the kernel tells nothing', () => {
    expect(readTopology(read({}))).toEqual({
      physicalCores: null,
      threadsPerCore: null,
      coreKinds: null,
      governor: null,
    });
  });
});

describe('osName', () => {
  it('is the distribution with the kernel, or the kernel alone', () => {
    expect(osName('ID=debian\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n', 'Linux 6.1.0')).toBe(
      'Debian GNU/Linux 12 (bookworm), Linux 6.1.0',
    );
    expect(osName(null, 'Linux 6.1.0')).toBe('Linux 6.1.0');
  });
});
