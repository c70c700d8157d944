import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { workloads } from '../../../src/engine/workload/registry';
import { ENTRIES } from '../../support/paths';

/** What a worker loads: formats of numbers and dates that are made, and Node's own modules beyond those of its start. */
interface Loaded {
  formats: number;
  modules: string[];
}

/** Loads a built file in a fresh process, and what of it one workload needs. */
function loadedBy(file: string, part: string | null = null): Loaded {
  const script = `
    let formats = 0;
    for (const name of ['NumberFormat', 'DateTimeFormat', 'Segmenter', 'PluralRules']) {
      const Format = Intl[name];
      Intl[name] = class extends Format { constructor(...options) { super(...options); formats += 1; } };
    }
    const before = new Set(process.moduleLoadList);
    const module = await import(${JSON.stringify(pathToFileURL(file).href)});
    await module.load?.(${JSON.stringify(part)});
    const modules = process.moduleLoadList.filter((name) => !before.has(name)).map((name) => name.replace('NativeModule ', ''));
    process.stdout.write(JSON.stringify({ formats, modules }));`;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' }),
  ) as Loaded;
}

/** What costs most to load, and the workloads that do need it. */
const HEAVY: Readonly<Record<string, readonly string[]>> = {
  http: ['http', 'fetch-and-hash'],
  net: ['http', 'fetch-and-hash'],
  crypto: ['sha256', 'pbkdf2', 'fetch-and-hash'],
  zlib: ['http', 'files', 'sort'],
  child_process: [],
  https: [],
  cluster: [],
  inspector: [],
  readline: [],
};

const MODULE_NEEDS = ['http', 'net', 'crypto', 'child_process', 'https', 'cluster', 'inspector', 'readline'];

/** Later ones load modules of their own as others are imported: what a worker asks for cannot be told from that. */
const tellsWhatIsAskedFor = process.versions.node.startsWith('20.');
if (!tellsWhatIsAskedFor)
  console.log(
    `What workers load is not tested on Node ${process.versions.node}, whose own modules load each other: Node 20 tells.`,
  );

describe('a worker', () => {
  it.runIf(tellsWhatIsAskedFor).each(workloads.map(({ info }) => info.name))(
    'loads for %s what its tasks need, and nothing else: start-up is charged with that',
    (name) => {
      const { formats, modules } = loadedBy(ENTRIES.tasks, name);
      expect(formats).toBe(0);
      const strange = Object.entries(HEAVY).flatMap(([module, needing]) =>
        needing.includes(name) || !modules.includes(module) ? [] : [module],
      );
      expect(strange).toEqual([]);
    },
  );

  it.runIf(tellsWhatIsAskedFor)('loads no workload before it knows which, and no network for a user’s module', () => {
    expect(loadedBy(ENTRIES.moduleTasks).formats).toBe(0);
    expect(loadedBy(ENTRIES.moduleTasks).modules.filter((name) => MODULE_NEEDS.includes(name))).toEqual([]);
  });

  it('loads a workload that it was not told of with its first task', async () => {
    const { run } = (await import(pathToFileURL(ENTRIES.tasks).href)) as {
      run(input: object, context: object): unknown;
    };
    expect(await run({ workload: 'primes', size: 8, seed: 1 }, {})).toBe(
      await run({ workload: 'primes', size: 8, seed: 1 }, {}),
    );
    await expect(Promise.resolve(run({ workload: 'primse', size: 8, seed: 1 }, {}))).rejects.toThrow(
      /Did you mean "primes"/,
    );
  });
});
