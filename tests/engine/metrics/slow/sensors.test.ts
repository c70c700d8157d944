import { describe, expect, it } from 'vitest';
import { readFrequencies } from '../../../../src/engine/metrics/slow/frequency';
import {
  findThermometer,
  parseTemperature,
  readTemperatures,
  type Temperatures,
} from '../../../../src/engine/metrics/slow/temperature';
import * as trees from './trees';
import { list, read, type Tree } from './trees';

const temperatures = (tree: Tree, cores = 8): Temperatures =>
  readTemperatures(
    read(tree),
    findThermometer(
      read(tree),
      list(tree),
      Array.from({ length: cores }, (_, core) => core),
    ),
  );

const cpuinfo = (flags: string): string =>
  `processor\t: 0\nmodel name\t: X\ncpu MHz\t\t: 2596.122\nflags\t\t: fpu ${flags} sse\n\nprocessor\t: 2\ncpu MHz\t\t: 4100.5\nflags\t\t: fpu ${flags} sse\n\n`;

describe('frequencies', () => {
  it('are what the governor last set, in MHz, null for a core that does not tell', () => {
    const files = { '/sys/devices/system/cpu/cpu1/cpufreq/scaling_cur_freq': '3400123\n' };
    expect(readFrequencies(read(files), 2)).toEqual([null, 3400.123]);
  });

  it('are each core’s own on a hybrid laptop, a desktop and an ARM board', () => {
    expect(readFrequencies(read(trees.INTEL_LAPTOP), 6)).toEqual([4100.123, 4099.987, 400, 400, 2900.001, 1100]);
    expect(readFrequencies(read(trees.AMD_DESKTOP), 4)).toEqual([5050, 5049.876, 3000, 2994]);
    expect(readFrequencies(read(trees.ARM_BIG_LITTLE), 8)?.slice(3, 7)).toEqual([1800, 2400, 2400, 2256]);
  });

  it('are what the hardware counted where the kernel tells it beside what was asked for', () => {
    expect(readFrequencies(read(trees.AMD_COUNTED), 2)).toEqual([4200, 4190]);
  });

  it('are read from cpuinfo where the processor counts its cycles', () => {
    expect(readFrequencies(read({ '/proc/cpuinfo': cpuinfo('aperfmperf') }), 3)).toEqual([2596.122, null, 4100.5]);
  });

  it('are not known where cpuinfo holds the nominal one, as in most virtual machines', () => {
    expect(readFrequencies(read({ '/proc/cpuinfo': cpuinfo('hypervisor') }), 3)).toBeNull();
    expect(readFrequencies(read(trees.VIRTUAL_MACHINE), 2)).toBeNull();
    expect(readFrequencies(read({}), 3)).toBeNull();
  });
});

describe('the temperature', () => {
  it('is that of the whole processor where the driver labels it', () => {
    expect(temperatures(trees.INTEL_LAPTOP).processor).toBe(91);
    expect(temperatures(trees.AMD_DESKTOP)).toEqual({ processor: 78.625, cores: null });
    const { processor } = temperatures({
      '/sys/class/hwmon/hwmon0/name': 'zenpower',
      '/sys/class/hwmon/hwmon0/temp1_input': '90000',
      '/sys/class/hwmon/hwmon0/temp1_label': 'Tctl',
      '/sys/class/hwmon/hwmon0/temp2_input': '63000',
      '/sys/class/hwmon/hwmon0/temp2_label': 'Tdie',
    });
    expect(processor).toBe(63);
  });

  it('is that of the hottest package or cluster where there are several', () => {
    expect(temperatures(trees.TWO_PACKAGES).processor).toBe(83);
    // Not that of the graphics unit beside them.
    expect(temperatures(trees.ARM_BIG_LITTLE)).toEqual({ processor: 64.692, cores: null });
    expect(temperatures(trees.RASPBERRY_PI)).toEqual({ processor: 58.75, cores: null });
  });

  it('is each core’s own where the driver has a sensor for each, by package and by its number there', () => {
    expect(temperatures(trees.INTEL_LAPTOP).cores).toEqual([91, 91, 55, 55, 72, 71]);
    expect(temperatures(trees.TWO_PACKAGES).cores).toEqual([58, 80, 60, 82]);
  });

  it('is that of a thermal zone of the processor without its driver', () => {
    const zone = {
      '/sys/class/thermal/thermal_zone0/type': 'acpitz',
      '/sys/class/thermal/thermal_zone0/temp': '27800',
      '/sys/class/thermal/thermal_zone1/type': 'x86_pkg_temp\n',
      '/sys/class/thermal/thermal_zone1/temp': '66000\n',
    };
    expect(temperatures(zone)).toEqual({ processor: 66, cores: null });
  });

  it('is not known where there is no sensor of the processor', () => {
    for (const tree of [{}, { '/sys/class/hwmon/hwmon0/name': 'nvme' }, trees.VIRTUAL_MACHINE])
      expect(temperatures(tree)).toEqual({ processor: null, cores: null });
  });

  it('is read in thousandths of a degree, and not believed where no processor can be that warm', () => {
    expect(parseTemperature('52125\n')).toBe(52.125);
    for (const text of [null, '', 'x', '0', '-128000', '999000']) expect(parseTemperature(text)).toBeNull();
  });
});
