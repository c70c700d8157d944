/** Files of /sys and /proc that clock and temperature are read from, by path, with what they held. */
export type Tree = Record<string, string>;

export const read = (tree: Tree) => (path: string) => tree[path] ?? null;
export const list = (tree: Tree) => (folder: string) => [
  ...new Set(
    Object.keys(tree)
      .filter((path) => path.startsWith(`${folder}/`))
      .map((path) => path.slice(folder.length + 1).split('/')[0] ?? ''),
  ),
];

const CPU = '/sys/devices/system/cpu';

/** One driver in /sys/class/hwmon: label, then thousandths of a degree, by the number of the sensor. */
function hwmon(at: number, name: string, sensors: Record<number, [label: string | null, value: number]>): Tree {
  const folder = `/sys/class/hwmon/hwmon${String(at)}`;
  return {
    [`${folder}/name`]: `${name}\n`,
    ...Object.fromEntries(
      Object.entries(sensors).flatMap(([sensor, [label, value]]) => [
        [`${folder}/temp${sensor}_input`, `${String(value)}\n`],
        ...(label === null ? [] : [[`${folder}/temp${sensor}_label`, `${label}\n`]]),
      ]),
    ),
  };
}

const zones = (...types: [type: string, value: number][]): Tree =>
  Object.fromEntries(
    types.flatMap(([type, value], at) => [
      [`/sys/class/thermal/thermal_zone${String(at)}/type`, `${type}\n`],
      [`/sys/class/thermal/thermal_zone${String(at)}/temp`, `${String(value)}\n`],
    ]),
  );

interface Core {
  coreId: number;
  packageId?: number;
  kilohertz?: Partial<Record<'cpuinfo_avg_freq' | 'scaling_cur_freq', number>>;
}

const cores = (all: readonly Core[]): Tree =>
  Object.fromEntries(
    all.flatMap(({ coreId, packageId = 0, kilohertz = {} }, core) => [
      [`${CPU}/cpu${String(core)}/topology/core_id`, `${String(coreId)}\n`],
      [`${CPU}/cpu${String(core)}/topology/physical_package_id`, `${String(packageId)}\n`],
      ...Object.entries(kilohertz).map(([file, value]) => [
        `${CPU}/cpu${String(core)}/cpufreq/${file}`,
        `${String(value)}\n`,
      ]),
    ]),
  );

const clocks = (...kilohertz: number[]): Core[] =>
  kilohertz.map((value, coreId) => ({ coreId, kilohertz: { scaling_cur_freq: value } }));

const cpuinfo = (flags: string, ...mhz: string[]): Tree => ({
  '/proc/cpuinfo': mhz
    .map((value, core) => `processor\t: ${String(core)}\ncpu MHz\t\t: ${value}\nflags\t\t: fpu ${flags}\n`)
    .join('\n'),
});

/** A hybrid laptop under intel_pstate: core numbers of the driver go up by four, as those in `core_id` do. */
export const INTEL_LAPTOP: Tree = {
  ...cores([
    { coreId: 0, kilohertz: { scaling_cur_freq: 4100123 } },
    { coreId: 0, kilohertz: { scaling_cur_freq: 4099987 } },
    { coreId: 4, kilohertz: { scaling_cur_freq: 400000 } },
    { coreId: 4, kilohertz: { scaling_cur_freq: 400000 } },
    { coreId: 16, kilohertz: { scaling_cur_freq: 2900001 } },
    { coreId: 17, kilohertz: { scaling_cur_freq: 1100000 } },
  ]),
  ...cpuinfo('aperfmperf', '4100.1', '4099.9', '400.0', '400.0', '2900.0', '1100.0'),
  ...hwmon(0, 'AC', {}),
  ...hwmon(1, 'acpitz', { 1: [null, 27800] }),
  ...hwmon(2, 'nvme', { 1: ['Composite', 38850] }),
  ...hwmon(5, 'coretemp', {
    1: ['Package id 0', 91000],
    2: ['Core 0', 91000],
    6: ['Core 4', 55000],
    18: ['Core 16', 72000],
    19: ['Core 17', 71000],
  }),
  ...zones(
    ['acpitz', 27800],
    ['INT3400 Thermal', 20000],
    ['TCPU', 90000],
    ['iwlwifi_1', 41000],
    ['x86_pkg_temp', 91000],
  ),
};

/** A desktop under amd-pstate-epp: one value that fans are to follow, and one for each die. */
export const AMD_DESKTOP: Tree = {
  ...cores(clocks(5050000, 5049876, 3000000, 2994000)),
  ...cpuinfo('aperfmperf', '5050.0', '5049.8', '3000.0', '2994.0'),
  ...hwmon(0, 'nvme', { 1: ['Composite', 31850] }),
  ...hwmon(1, 'amdgpu', { 1: ['edge', 40000] }),
  ...hwmon(2, 'k10temp', { 1: ['Tctl', 78625], 3: ['Tccd1', 77500], 4: ['Tccd2', 43000] }),
};

/** The same under Linux 6.15, where the driver’s value is what was asked for and the hardware’s stands beside it. */
export const AMD_COUNTED: Tree = {
  ...AMD_DESKTOP,
  ...cores([
    { coreId: 0, kilohertz: { cpuinfo_avg_freq: 4200000, scaling_cur_freq: 5050000 } },
    { coreId: 1, kilohertz: { cpuinfo_avg_freq: 4190000, scaling_cur_freq: 5050000 } },
  ]),
};

/** Four small and four large ARM cores in three clusters, each with one clock; thermal zones by cluster. */
export const ARM_BIG_LITTLE: Tree = {
  ...cores(clocks(1800000, 1800000, 1800000, 1800000, 2400000, 2400000, 2256000, 2256000)),
  ...hwmon(0, 'package_thermal', { 1: [null, 61923] }),
  ...hwmon(1, 'gpu_thermal', { 1: [null, 60076] }),
  ...zones(
    ['package-thermal', 61923],
    ['bigcore0-thermal', 64692],
    ['bigcore2-thermal', 63769],
    ['littlecore-thermal', 62846],
    ['center-thermal', 60076],
    ['gpu-thermal', 90000],
    ['npu-thermal', 60076],
  ),
};

export const RASPBERRY_PI: Tree = {
  ...cores(clocks(2400000, 2400000, 2400000, 2400000)),
  ...hwmon(0, 'cpu_thermal', { 1: [null, 58750] }),
  ...hwmon(1, 'rp1_adc', { 1: [null, 47600] }),
  ...zones(['cpu-thermal', 58750]),
};

/** Two packages of a server: a driver for each, whose cores have the same numbers. */
export const TWO_PACKAGES: Tree = {
  ...cores([
    { coreId: 0, packageId: 0, kilohertz: { scaling_cur_freq: 3200000 } },
    { coreId: 0, packageId: 1, kilohertz: { scaling_cur_freq: 2600000 } },
    { coreId: 9, packageId: 0, kilohertz: { scaling_cur_freq: 3200000 } },
    { coreId: 9, packageId: 1, kilohertz: { scaling_cur_freq: 2600000 } },
  ]),
  ...hwmon(0, 'coretemp', { 1: ['Package id 0', 61000], 2: ['Core 0', 58000], 11: ['Core 9', 60000] }),
  ...hwmon(1, 'coretemp', { 1: ['Package id 1', 83000], 2: ['Core 0', 80000], 11: ['Core 9', 82000] }),
};

/** A virtual machine: no cpufreq, no sensor, and the nominal clock in cpuinfo. */
export const VIRTUAL_MACHINE: Tree = {
  ...cores([{ coreId: 0 }, { coreId: 1 }]),
  ...cpuinfo('hypervisor', '2596.122', '2596.122'),
};
