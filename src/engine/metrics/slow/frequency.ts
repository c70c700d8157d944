/** Reads a small text file; null where it is not there. */
export type ReadText = (path: string) => string | null;

function fromCpuinfo(text: string): Map<number, number> {
  const found = new Map<number, number>();
  for (const block of text.split(/\n\s*\n/)) {
    const core = /^processor\s*:\s*(\d+)$/m.exec(block)?.[1];
    const mhz = /^cpu MHz\s*:\s*([\d.]+)$/m.exec(block)?.[1];
    if (core !== undefined && mhz !== undefined) found.set(Number(core), Number(mhz));
  }
  return found;
}

/** What the hardware counted (Linux 6.15 and newer), else what the driver says: on ARM that is what was last asked for. */
const CPUFREQ_FILES = ['cpuinfo_avg_freq', 'scaling_cur_freq'] as const;

/**
 * Frequency of each core in MHz as it runs now, by core number; null where it is not known. `/proc/cpuinfo` is
 * believed only where the processor counts its cycles (flag aperfmperf): elsewhere, in most virtual machines, it
 * holds the nominal frequency, which says nothing of now.
 */
export function readFrequencies(read: ReadText, cores: number): (number | null)[] | null {
  const scaling = (core: number): number | null => {
    for (const file of CPUFREQ_FILES) {
      const kilohertz = Number(read(`/sys/devices/system/cpu/cpu${String(core)}/cpufreq/${file}`)?.trim() ?? NaN);
      if (kilohertz > 0) return kilohertz / 1000;
    }
    return null;
  };
  const all = Array.from({ length: cores }, (_, core) => scaling(core));
  if (all.some((value) => value !== null)) return all;
  const cpuinfo = read('/proc/cpuinfo') ?? '';
  if (!/^flags\s*:.*\baperfmperf\b/m.test(cpuinfo)) return null;
  const found = fromCpuinfo(cpuinfo);
  return found.size === 0 ? null : all.map((_, core) => found.get(core) ?? null);
}
