import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TaskContext } from '../../../src/engine/workload/workload';
import { DISTINCT_INPUTS, inputSeed } from '../../../src/engine/workload/inputs';
import { findWorkload, workloads } from '../../../src/engine/workload/registry';
import { run } from '../../../src/engine/workload/tasks';
import { prepareWorkloads, type PreparedWorkloads } from './prepared';

const SEEDS = [0, 1, 123456789, 0xffffffff];
/** Made by reference.py, which was written from the algorithms' descriptions. */
const REFERENCE: [name: string, size: number, checksums: number[]][] = [
  ['sha256', 64, [3693658714, 3285697471, 103251567, 3587616513]],
  ['sha256', 65536, [2839925641, 3454539049, 4048843354, 4249120538]],
  ['sha256', 200001, [662531517, 3343858213, 1582515878, 4170712184]],
  ['primes', 1, [0, 1, 3828170722, 4294967295]],
  ['primes', 2000, [1399479651, 3226651629, 1209452090, 1508454088]],
  ['matmul', 4, [2806017798, 3590119333, 273538572, 2135174587]],
  ['matmul', 33, [1669802746, 1068333005, 208995574, 65863369]],
  ['sleep', 1, [0, 2261973619, 956453899, 2578835075]],
  ['files', 1, [250979997, 865439533, 226156322, 925412991]],
  ['files', 65536, [345362501, 951737765, 2764916102, 105667519]],
  ['files', 200001, [4218898527, 803827591, 2721899269, 4261246166]],
  ['count', 1, [986115, 29615266, 1323377678, 4267324260]],
  ['pbkdf2', 1, [103217607, 1187350031, 3221854156, 1962773989]],
  ['pbkdf2', 3000, [2125444418, 2519832239, 1653791196, 4221155861]],
  ['pbkdf2', 65536, [1929469124, 2677417871, 735532932, 4090363659]],
  ['pbkdf2', 150000, [2140979976, 3472447086, 1052805782, 1554495378]],
  ['sort', 1, [181300706, 2993818247, 861265504, 3564457217]],
  ['sort', 2, [819113471, 4071026711, 1945376169, 2765213727]],
  ['sort', 5000, [3616465518, 2123365434, 2143268416, 236982313]],
  ['mandelbrot', 8, [3763501236, 4112072623, 1712721209, 3434626525]],
  ['mandelbrot', 50, [2901716314, 3101777228, 3693772584, 1239474043]],
  ['kmeans', 8, [2580615430, 236860057, 1515355295, 1526895722]],
  ['kmeans', 9, [1795764506, 4163334090, 3650240561, 4226027143]],
  ['kmeans', 1500, [1392030525, 3362502294, 457222839, 1534609648]],
  ['group', 1, [1682094753, 1256193270, 443581975, 3774029156]],
  ['group', 1023, [210442899, 1538382162, 1015457354, 2531676398]],
  ['group', 5000, [2659403381, 1936507319, 4060649884, 1607905305]],
  ['sql', 1, [3653269916, 350525711, 1687224641, 4293442837]],
  ['sql', 150, [3028171440, 323643335, 2602114740, 2139735575]],
  ['scan', 1, [1684164658, 3336806996, 1214978965, 2459301723]],
  ['scan', 1000, [1667311444, 1888749014, 2743260370, 2631562021]],
  ['scan', 300000, [1059508885, 2882468290, 547257573, 1386473085]],
  ['http', 1, [2877920601, 3536829687, 1012992448, 4146628410]],
  ['http', 5, [2694585143, 1376873501, 3400629887, 4230938530]],
  ['fetch-and-hash', 64, [2534165761, 577642446, 2770734594, 4077291282]],
  ['fetch-and-hash', 65536, [3282365761, 3577505242, 1793235767, 3723098761]],
  ['fetch-and-hash', 200001, [2592790094, 3320837659, 3048858283, 3250501095]],
];

function contextWith(lines: string[] = []): TaskContext {
  return { executor: 'sequential', worker: 1, print: (text) => lines.push(text) };
}

let prepared: PreparedWorkloads;
beforeAll(async () => {
  prepared = await prepareWorkloads();
});
afterAll(async () => {
  await prepared.stop();
});

describe('every workload', () => {
  it.each(REFERENCE)(
    '%s of size %i answers the checksums of the independent implementation',
    async (workload, size, checksums) => {
      expect(
        await Promise.all(SEEDS.map(async (seed) => run(prepared.taskOf(workload, size, seed), contextWith()))),
      ).toEqual(checksums);
    },
  );

  it('is in the reference', () => {
    expect(new Set(REFERENCE.map(([name]) => name))).toEqual(new Set(workloads.map(({ info }) => info.name)));
  });

  it.each(workloads.map(({ info }) => info.name))(
    '%s answers the same for the same input, another for another seed',
    async (name) => {
      const seeds = Array.from({ length: DISTINCT_INPUTS }, (_, input) => inputSeed(2026, input));
      const checksums = await Promise.all(
        seeds.map(async (seed) => run(prepared.smallTask(name, seed), contextWith())),
      );
      expect(await Promise.all(seeds.map(async (seed) => run(prepared.smallTask(name, seed), contextWith())))).toEqual(
        checksums,
      );
      expect(new Set(checksums).size).toBe(DISTINCT_INPUTS);
      for (const checksum of checksums) expect(checksum).toBe(checksum >>> 0);
    },
  );

  it('refuses a name that is none', async () => {
    await expect(Promise.resolve(run({ workload: 'teapot', size: 1, seed: 1 }, contextWith()))).rejects.toThrow(
      expect.objectContaining({ code: 'unknown-workload' }),
    );
  });
});

describe('inputSeed', () => {
  it('gives 64 different seeds for a run, then the same again', () => {
    const seeds = Array.from({ length: 3 * DISTINCT_INPUTS }, (_, input) => inputSeed(2026, input));
    expect([seeds[0], seeds[1], seeds[63]]).toEqual([3815079242, 1246246266, 2300895415]);
    expect(new Set(seeds).size).toBe(DISTINCT_INPUTS);
    expect(seeds.slice(DISTINCT_INPUTS, 2 * DISTINCT_INPUTS)).toEqual(seeds.slice(0, DISTINCT_INPUTS));
    expect(inputSeed(2027, 0)).not.toBe(inputSeed(2026, 0));
  });
});

describe('count', () => {
  it('prints its five lines in order', async () => {
    const lines: string[] = [];
    await run({ workload: 'count', size: 1, seed: 1 }, contextWith(lines));
    expect(lines).toEqual(['Number: 1', 'Number: 2', 'Number: 3', 'Number: 4', 'Number: 5']);
  });

  it('closes with the line of the textbook example for two workers, and with a true one for any other number', () => {
    const count = findWorkload('count');
    expect(count.closingLine?.('threads', 2)).toBe('Both threads have finished execution!');
    expect(count.closingLine?.('python-threads', 2)).toBe('Both threads have finished execution!');
    expect(count.closingLine?.('processes', 2)).toBe('Both processes have finished execution!');
    expect(count.closingLine?.('processes', 1)).toBe('The process has finished execution!');
    expect(count.closingLine?.('threads', 3)).toBe('All 3 threads have finished execution!');
  });
});

describe('sleep', () => {
  it.each([0.2, 1, 1.5, 12])('never takes less than its %d ms', async (size) => {
    for (let i = 0; i < 10; i += 1) {
      const startedMs = performance.now();
      await run({ workload: 'sleep', size, seed: i }, contextWith());
      expect(performance.now() - startedMs).toBeGreaterThanOrEqual(size);
    }
  });

  it('needs no calibration: its size is a time', () => {
    expect(findWorkload('sleep').sizeForMs?.(7.5)).toBe(7.5);
    expect(findWorkload('count').sizeForMs?.(5000)).toBe(1000);
  });
});

/** Sizes whose tasks take some milliseconds, and how the work grows when a size is taken times 8. */
const GROWTH: [name: string, size: number, growth: number][] = [
  ['pbkdf2', 4_000, 8],
  ['sort', 20_000, 8.8],
  ['group', 4_000, 8],
  ['kmeans', 2_000, 8],
  ['mandelbrot', 64, 64],
];

describe('a CPU workload', () => {
  it.each(GROWTH)(
    '%s of 8 times the size takes about as much longer as its work grows',
    async (workload, size, growth) => {
      /** CPU time of the cheapest of several tasks: others use this machine too. */
      const cheapest = async (of: number): Promise<number> => {
        const times: number[] = [];
        for (let seed = 0; seed < 8; seed += 1) {
          const before = process.cpuUsage();
          await run({ workload, size: of, seed }, contextWith());
          const { user, system } = process.cpuUsage(before);
          times.push(user + system);
        }
        return Math.min(...times);
      };
      await cheapest(size);
      const ratio = (await cheapest(8 * size)) / (await cheapest(size));
      expect(ratio).toBeGreaterThan(growth / 5);
      expect(ratio).toBeLessThan(growth * 5);
    },
  );
});
