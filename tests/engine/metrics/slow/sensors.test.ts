import { describe, expect, it } from 'vitest';
import { readFrequencies } from '../../../../src/engine/metrics/slow/frequency';
import { parseTemperature, temperatureFile } from '../../../../src/engine/metrics/slow/temperature';

type Files = Record<string, string>;
const read = (files: Files) => (path: string) => files[path] ?? null;
const list = (files: Files) => (folder: string) => [
  ...new Set(
    Object.keys(files)
      .filter((path) => path.startsWith(`${folder}/`))
      .map((path) => path.slice(folder.length + 1).split('/')[0] ?? ''),
  ),
];
const fileIn = (files: Files): string | null => temperatureFile(read(files), list(files));

const cpuinfo = (flags: string): string =>
  `processor\t: 0\nmodel name\t: X\ncpu MHz\t\t: 2596.122\nflags\t\t: fpu ${flags} sse\n\nprocessor\t: 2\ncpu MHz\t\t: 4100.5\nflags\t\t: fpu ${flags} sse\n\n`;

describe('frequencies', () => {
  it('are what the governor last set, in MHz, null for a core that does not tell', () => {
    const files = { '/sys/devices/system/cpu/cpu1/cpufreq/scaling_cur_freq': '3400123\n' };
    expect(readFrequencies(read(files), 2)).toEqual([null, 3400.123]);
  });

  it('are read from cpuinfo where the processor counts its cycles', () => {
    expect(readFrequencies(read({ '/proc/cpuinfo': cpuinfo('aperfmperf') }), 3)).toEqual([2596.122, null, 4100.5]);
  });

  it('are not known where cpuinfo holds the nominal one, as in most virtual machines', () => {
    expect(readFrequencies(read({ '/proc/cpuinfo': cpuinfo('hypervisor') }), 3)).toBeNull();
    expect(readFrequencies(read({}), 3)).toBeNull();
  });
});

describe('the temperature', () => {
  it('is that of the whole processor where the driver labels it', () => {
    const folder = '/sys/class/hwmon/hwmon3';
    const files = {
      '/sys/class/hwmon/hwmon0/name': 'nvme\n',
      '/sys/class/hwmon/hwmon0/temp1_input': '31000',
      [`${folder}/name`]: 'k10temp\n',
      [`${folder}/temp1_input`]: '60000',
      [`${folder}/temp1_label`]: 'Tccd1\n',
      [`${folder}/temp3_input`]: '52000',
      [`${folder}/temp3_label`]: 'Tctl\n',
    };
    expect(fileIn(files)).toBe(`${folder}/temp3_input`);
  });

  it('is that of a thermal zone of the processor elsewhere', () => {
    const files = {
      '/sys/class/thermal/thermal_zone0/type': 'acpitz',
      '/sys/class/thermal/thermal_zone1/type': 'cpu-thermal\n',
    };
    expect(fileIn(files)).toBe('/sys/class/thermal/thermal_zone1/temp');
  });

  it('is not known where there is no sensor of the processor', () => {
    expect(fileIn({})).toBeNull();
    expect(fileIn({ '/sys/class/hwmon/hwmon0/name': 'nvme' })).toBeNull();
  });

  it('is read in thousandths of a degree, and not believed where no processor can be that warm', () => {
    expect(parseTemperature('52125\n')).toBe(52.125);
    for (const text of [null, '', 'x', '0', '-128000', '999000']) expect(parseTemperature(text)).toBeNull();
  });
});
