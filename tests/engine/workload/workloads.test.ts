import { afterAll, describe, expect, it } from 'vitest';
import type { TaskContext, TaskInput } from '../../../src/engine/workload/workload';
import { DISTINCT_INPUTS, inputSeed } from '../../../src/engine/workload/inputs';
import { findWorkload, workloads } from '../../../src/engine/workload/registry';
import { run } from '../../../src/engine/workload/tasks';
import { removeTaskFolders } from './task-folders';

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
];

function contextWith(lines: string[] = []): TaskContext {
  return { executor: 'sequential', worker: 1, print: (text) => lines.push(text) };
}
const smallTask = (workload: string, seed: number): TaskInput => ({ workload, seed, size: Math.max(1, findWorkload(workload).info.size.min) });

afterAll(removeTaskFolders);

describe('every workload', () => {
  it.each(REFERENCE)('%s of size %i answers the checksums of the independent implementation', async (workload, size, checksums) => {
    expect(await Promise.all(SEEDS.map(async (seed) => run({ workload, size, seed }, contextWith())))).toEqual(checksums);
  });

  it('is in the reference', () => {
    expect(new Set(REFERENCE.map(([name]) => name))).toEqual(new Set(workloads.map(({ info }) => info.name)));
  });

  it.each(workloads.map(({ info }) => info.name))('%s answers the same for the same input, another for another seed', async (name) => {
    const seeds = Array.from({ length: DISTINCT_INPUTS }, (_, input) => inputSeed(2026, input));
    const checksums = await Promise.all(seeds.map(async (seed) => run(smallTask(name, seed), contextWith())));
    expect(await Promise.all(seeds.map(async (seed) => run(smallTask(name, seed), contextWith())))).toEqual(checksums);
    expect(new Set(checksums).size).toBe(DISTINCT_INPUTS);
    for (const checksum of checksums) expect(checksum).toBe(checksum >>> 0);
  });

  it('refuses a name that is none', () => {
    expect(() => run({ workload: 'teapot', size: 1, seed: 1 }, contextWith())).toThrow(expect.objectContaining({ code: 'unknown-workload' }));
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
