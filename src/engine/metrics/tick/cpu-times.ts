import { cpus } from 'node:os';

/** CPU time of one core since the system started, in ms. */
export interface CoreTimes {
  core: number;
  busyMs: number;
  idleMs: number;
}

/** Reads the times of every core that is online. */
export type CpuTimesReader = () => CoreTimes[];

/** `/proc/stat` counts in USER_HZ, 100 a second on every Linux that Node runs on. */
const TICK_MS = 10;

/**
 * Parses `/proc/stat`. Idle is idle + iowait; everything else is busy, stolen time too (a core that the hypervisor
 * took away could not have been used). Guest time is already inside user and nice time (proc_stat(5)).
 */
export function parseProcStat(text: string): CoreTimes[] {
  const cores: CoreTimes[] = [];
  for (const line of text.split('\n')) {
    if (!line.startsWith('cpu')) break;
    const match = /^cpu(\d+) (.*)$/.exec(line);
    if (match === null) continue;
    const fields = (match[2] ?? '').trim().split(/\s+/).map(Number);
    const at = (index: number): number => fields[index] ?? 0;
    const busy = at(0) + at(1) + at(2) + at(5) + at(6) + at(7);
    cores.push({ core: Number(match[1]), busyMs: busy * TICK_MS, idleMs: (at(3) + at(4)) * TICK_MS });
  }
  return cores;
}

type Times = ReturnType<typeof cpus>[number]['times'];

/** Turns the times of `os.cpus()` into ours; on Windows interrupt time is part of system time. */
export function fromOsTimes(times: readonly Times[], platform: NodeJS.Platform = process.platform): CoreTimes[] {
  return times.map((core, index) => ({
    core: index,
    busyMs: core.user + core.nice + core.sys + (platform === 'win32' ? 0 : core.irq),
    idleMs: core.idle,
  }));
}

/** The reader for this system: the kernel's own file on Linux, `os.cpus()` elsewhere. */
export function cpuTimesReader(readText: (path: string) => string | null): CpuTimesReader {
  const portable: CpuTimesReader = () => fromOsTimes(cpus().map((cpu) => cpu.times));
  if (process.platform !== 'linux') return portable;
  return () => {
    const text = readText('/proc/stat');
    return text === null ? portable() : parseProcStat(text);
  };
}

/** Times of each core between two readings; cores that came or went in between are left out. */
export function coreTimesBetween(before: readonly CoreTimes[], after: readonly CoreTimes[]): CoreTimes[] {
  const earlier = new Map(before.map((times) => [times.core, times]));
  return after.flatMap(({ core, busyMs, idleMs }) => {
    const start = earlier.get(core);
    // Idle time has been seen to run backwards (proc_stat(5)).
    return start === undefined
      ? []
      : [{ core, busyMs: Math.max(0, busyMs - start.busyMs), idleMs: Math.max(0, idleMs - start.idleMs) }];
  });
}
