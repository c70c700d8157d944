import type { ByExecutor, Sample, WorkerSample } from '../../../src/contract';
import type { Crew } from './crew';
import type { FakeOptions } from './options';
import type { Random } from './random';

/** Cores that a crew would keep busy: Python's threads one together. */
function loadOf(crew: Crew, nowMs: number): number {
  const live = crew.live(nowMs);
  return crew.executor === 'python-threads' ? Math.min(1, live) : live;
}

/** Spreads the crews' workers over the cores: what each executor causes of each core. */
function spread(
  options: FakeOptions,
  crews: readonly Crew[],
  at: { nowMs: number; random: Random },
): ByExecutor<number[]> {
  const shares: ByExecutor<number[]> = {};
  const room = new Array<number>(options.cores).fill(1);
  const demand = crews.reduce((sum, crew) => sum + loadOf(crew, at.nowMs), 0);
  const capacity = Math.min(options.cores, options.quotaCpus ?? options.cores);
  const each = demand > capacity ? capacity / demand : 1;
  let core = 0;
  for (const crew of crews) {
    const list = new Array<number>(options.cores).fill(0);
    let left = loadOf(crew, at.nowMs) * each;
    while (left > 0.001) {
      const most = Math.min(left, room[core] ?? 0, 1);
      const share = most * (0.9 + at.random() * 0.09);
      list[core] = (list[core] ?? 0) + share;
      room[core] = (room[core] ?? 0) - most;
      left -= Math.max(most, 0.0005);
      if ((room[core] ?? 0) < 0.01) core = (core + 1) % options.cores;
      if (room.every((one) => one < 0.01)) break;
    }
    shares[crew.executor] = list;
  }
  return shares;
}

function workersOf(crews: readonly Crew[], nowMs: number, each: number): WorkerSample[] {
  return crews.flatMap((crew) =>
    Array.from({ length: crew.live(nowMs) }, (_, index) => ({
      executor: crew.executor,
      worker: index + 1,
      cpuMs: (97 * each * loadOf(crew, nowMs)) / crew.live(nowMs),
      runQueueMs: 97 * (1 - each) + 1,
      core: null,
    })),
  );
}

/** Drawn too: now above and now below the kernel's, once a second. */
function crossCheckOf(
  { sources, apart }: FakeOptions,
  cores: readonly number[],
  utilization: readonly number[],
  { tick, nowMs }: { tick: number; nowMs: number },
): Sample['crossCheck'] {
  if (tick % 10 !== 0 || sources === 'kernel' || (sources === 'systeminformation-stopped' && tick > 100)) return null;
  const off = (core: number): number => apart * ((core + tick / 10) % 2 === 0 ? 1 : -1);
  const seen = utilization.map((share, core) =>
    share + off(core) > 1 || share + off(core) < 0 ? share - off(core) : share + off(core),
  );
  return {
    fromMs: nowMs - 1000,
    toMs: nowMs,
    cores: [...cores],
    utilization: seen,
    kernel: sources === 'systeminformation' ? cores.map(() => null) : [...utilization],
  };
}

/** Drawn too, once a second: busy cores run three times as fast as idle ones, and warmer. */
function clockOf(
  { clock }: FakeOptions,
  utilization: readonly number[],
  { tick, random }: { tick: number; random: Random },
): Pick<Sample, 'frequencyMhz' | 'temperatureC' | 'coreTemperatureC'> {
  if (tick % 10 !== 0 || clock === 'none') return { frequencyMhz: null, temperatureC: null, coreTemperatureC: null };
  const most = clock === 'throttled' && tick > 400 ? 2900 : 4100;
  const celsius = utilization.map((share) => Math.round(44 + 38 * share + 3 * random()));
  return {
    frequencyMhz: utilization.map((share) => Math.round((share > 0.3 ? most : 1400) - 20 * random())),
    temperatureC: Math.max(...celsius),
    coreTemperatureC: celsius,
  };
}

/** One drawn sample of 100 ms. */
export function sampleOf(
  options: FakeOptions,
  crews: readonly Crew[],
  at: { tick: number; nowMs: number; random: Random },
): Sample {
  const byExecutor = spread(options, crews, at);
  const other = Array.from({ length: options.cores }, () => 0.02 + at.random() * 0.05 + (at.random() < 0.02 ? 0.2 : 0));
  const caused = (core: number): number =>
    crews.reduce((sum, crew) => sum + (byExecutor[crew.executor]?.[core] ?? 0), 0);
  const demand = crews.reduce((sum, crew) => sum + crew.live(at.nowMs), 0);
  const memory = (executor: string, bytes: number): object => ({
    workers: crews.find((crew) => crew.executor === executor)?.live(at.nowMs) ?? 0,
    residentBytesPerWorker: bytes,
    proportionalBytesPerWorker: executor === 'processes' ? bytes * 0.55 : null,
  });
  const cores = Array.from({ length: options.cores }, (_, core) => core);
  const utilization = other.map((share, core) => Math.min(1, share + caused(core)));
  const kernel = options.sources !== 'systeminformation';
  return {
    tick: at.tick,
    atMs: at.nowMs,
    intervalMs: 100,
    cores: kernel ? cores : [],
    utilization: kernel ? utilization : [],
    byExecutor: options.attribution && kernel ? byExecutor : null,
    crossCheck: crossCheckOf(options, cores, utilization, at),
    ...clockOf(options, utilization, at),
    memory:
      at.tick % 10 === 0 && demand > 0
        ? ({
            usedBytes: 8e9,
            totalBytes: 32e9,
            byExecutor: {
              threads: memory('threads', 6.1e6),
              processes: memory('processes', 41e6),
              'python-threads': memory('python-threads', 0.3e6),
              'python-processes': memory('python-processes', 11e6),
            },
          } as Sample['memory'])
        : null,
    workers: workersOf(crews, at.nowMs, demand > options.cores ? options.cores / demand : 1),
    offThreadCpuMs: {},
    observer: { cpuMs: 0.5 + at.random() * 0.2, engineCpuMs: null, lateMs: at.random() < 0.005 ? 70 : 1 },
  };
}
