import { describe, expect, it } from 'vitest';
import { osName } from '../../../../src/engine/metrics/machine/machine';
import { readTopology } from '../../../../src/engine/metrics/machine/topology';
import { recordedSysfs } from '../../../support/sysfs';

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
    expect(readTopology(read(files))).toMatchObject({
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
      topology: null,
    });
  });
});

describe('readTopology on recorded machines', () => {
  it('finds four packages of two nodes each, and siblings', () => {
    const { topology, physicalCores, threadsPerCore, coreKinds } = readTopology(
      recordedSysfs('amd-4-packages-8-nodes-64-cores'),
    );
    expect([physicalCores, threadsPerCore, coreKinds]).toEqual([32, 2, null]);
    const places = topology?.cores.map((_, at) => [topology.package?.[at], topology.node?.[at]].join('/'));
    expect([...new Set(places)]).toEqual(['0/0', '0/1', '1/2', '1/3', '2/4', '2/5', '3/6', '3/7']);
    expect(topology?.physical?.slice(8, 14)).toEqual([8, 8, 10, 10, 12, 12]);
  });

  it('finds cores dealt out to the nodes in turn', () => {
    const { topology, physicalCores } = readTopology(recordedSysfs('intel-4-packages-40-cores'));
    expect(physicalCores).toBe(40);
    expect(topology?.node?.slice(0, 6)).toEqual([0, 1, 2, 3, 0, 1]);
    expect(topology?.package).toEqual(topology?.node);
  });

  it('tells performance cores with siblings from efficiency cores without', () => {
    const { topology, physicalCores, coreKinds } = readTopology(
      // That recording left out the units.
      recordedSysfs('intel-hybrid-20-threads', {
        '/sys/devices/cpu_core/cpus': '0-11\n',
        '/sys/devices/cpu_atom/cpus': '12-19\n',
      }),
    );
    expect(physicalCores).toBe(14);
    expect(coreKinds).toEqual([
      { kind: 'performance', count: 12 },
      { kind: 'efficiency', count: 8 },
    ]);
    expect(topology?.kind?.slice(10, 14)).toEqual(['performance', 'performance', 'efficiency', 'efficiency']);
    expect(topology?.physical?.slice(8, 14)).toEqual([8, 8, 10, 10, 12, 13]);
  });

  it('takes cores of one kind at several clock rates as one kind', () => {
    const { coreKinds } = readTopology(recordedSysfs('arm-gb10-20-cores'));
    expect(coreKinds).toEqual([
      { kind: 'performance', count: 10 },
      { kind: 'efficiency', count: 10 },
    ]);
  });

  it('leaves out packages and nodes that are not told, and finds four siblings each', () => {
    const { topology, physicalCores, threadsPerCore } = readTopology(
      recordedSysfs('power-256-threads-smt4', { [`${CPU}/online`]: '0-255\n' }),
    );
    expect([physicalCores, threadsPerCore]).toEqual([64, 4]);
    expect(topology).toMatchObject({ package: null, node: null, kind: null });
    expect(topology?.physical?.slice(250)).toEqual([248, 248, 252, 252, 252, 252]);
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
