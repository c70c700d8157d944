import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { summaryText } from '../../../src/engine/reports/any-kind';
import { parseReport } from '../../../src/engine/reports/any-kind';
import { closeLast, open, run, saidOf, shared, written } from './support/runs';

/** The same task in every kind of file. */
const SQUARES = {
  'task.mjs': 'export function task({ index, seed, size }) { return { index, square: index * index, seed, size }; }',
  'task.cjs': 'exports.task = ({ index, seed, size }) => ({ seed, size, square: index * index, index });',
  'task.js': 'export default async ({ index, seed, size }) => ({ square: index * index, index, seed, size });',
  'task.ts':
    'import { square } from "./square.ts";\ninterface Input { index: number; seed: number; size: number }\nexport function task({ index, seed, size }: Input): object { return { index, square: square(index), seed, size } as object; }',
};

describe('a module of the user', () => {
  it('gives the same checksums on every executor, in whatever kind of file it is written', async () => {
    const client = shared();
    const all = [];
    for (const [name, source] of Object.entries(SQUARES)) {
      const path = written(source, name);
      written('export const square = (n: number): number => n * n;', 'square.ts', path.slice(0, -name.length));
      const report = await run(client, path, { seed: 7, size: 3, tasks: 200 });
      expect(report).toMatchObject({
        outcome: 'completed',
        warnings: [],
        workload: { name: 'custom', title: name, kind: 'custom' },
        settings: { module: path, deadlineMs: 30_000, seed: 7 },
      });
      expect(report.executors.map(({ executor, counts }) => [executor, counts.done > 0])).toEqual([
        ['threads', true],
        ['processes', true],
      ]);
      expect(parseReport(report)).toEqual(report);
      all.push(report.checksums.map(({ checksum }) => checksum));
    }
    expect(new Set(all[0]).size).toBe(64);
    for (const checksums of all) expect(checksums).toEqual(all[0]);
  });

  it('is given its own inputs, in turn, the same on every executor', async () => {
    const path = written(
      'export function* inputs({ seed }) { for (const name of ["a", "b", "c"]) yield { name, at: Math.random(), seed }; }\nexport const task = async (input) => input;',
    );
    const report = await run(shared(), path, { tasks: 30 });
    expect(report).toMatchObject({ outcome: 'completed', totals: { counts: { done: 30 } } });
    expect(report.checksums).toHaveLength(3);
  });

  it('has its setup called once for each worker, its state handed to tasks, and its teardown as a worker leaves', async () => {
    const left = written('', 'left.txt');
    const path = written(`
      export const setup = ({ worker, executor }) => { console.log('setup', executor, worker); return { calls: 0, worker }; };
      export const task = (_, { state, worker, log }) => { if (state.worker !== worker) throw new Error('not mine'); if (state.calls++ === 0) log('first of', worker, { of: 1 }); };
      export const teardown = async ({ state }) => { const { appendFileSync } = await import('node:fs'); appendFileSync(${JSON.stringify(left)}, 'left ' + (state.calls > 0) + '\\n'); };`);
    const report = await run(shared(), path, { tasks: 400, workers: { threads: 2, processes: 1 } });
    expect(report.totals.counts).toMatchObject({ done: 400, failed: 0 });
    const lines = report.lines.map(({ executor, worker, text }) => `${executor} ${String(worker)}: ${text}`);
    expect(lines).toEqual(
      expect.arrayContaining([
        'threads 1: setup threads 1',
        'threads 2: first of 2 { of: 1 }',
        'processes 1: first of 1 { of: 1 }',
      ]),
    );
    expect(lines.filter((line) => line.includes('setup'))).toHaveLength(3);
    expect(readFileSync(left, 'utf8')).toBe('left true\n'.repeat(3));
  });

  it('says what it is in its meta, and its sizes can be calibrated', async () => {
    const client = shared();
    const path = written(`
      export const meta = { title: 'Spin', kind: 'cpu', summary: 'Spins.', size: { meaning: 'rounds', min: 1, default: 1000, max: 1e9 } };
      export function task({ size }) { let x = 1; for (let i = 0; i < size; i++) x = Math.imul(x, 31) + i | 0; return x; }`);
    expect(await client.call('inspectModule', { module: path })).toMatchObject({
      path,
      fileName: 'task.mjs',
      title: 'Spin',
      kind: 'cpu',
      summary: 'Spins.',
      size: { meaning: 'rounds', default: 1000 },
      sized: true,
      exports: ['task', 'meta'],
      taskPlace: 'task.mjs:3',
      inputs: null,
      executors: expect.arrayContaining(['threads', 'processes']),
    });
    const report = await run(client, path, { taskMs: 1 });
    expect(report).toMatchObject({ outcome: 'completed', settings: { taskMs: 1 }, workload: { title: 'Spin' } });
    expect(report.settings.calibratedMs).toBeGreaterThan(0.1);
  });

  it('may give another result for the same input: that is told once, and the run goes on', async () => {
    const client = shared();
    const report = await run(client, written('export const task = () => Math.random();'), { tasks: 150 });
    expect(report).toMatchObject({
      outcome: 'completed',
      totals: { counts: { done: 150, failed: 0 } },
      warnings: [expect.stringContaining('different results for the same input')],
    });
    expect(report.checksums.every(({ tasks }) => tasks === 1)).toBe(true);
    expect(report.differingInputs).toBe(64 - report.checksums.length);
    expect(summaryText(report)).toContain(
      `Checksums: results differed for ${String(report.differingInputs)} of 64 distinct inputs`,
    );
    const silent = await run(
      client,
      written('export const meta = { deterministic: false };\nexport const task = () => Math.random();'),
      { tasks: 150 },
    );
    expect(silent).toMatchObject({ outcome: 'completed', warnings: [], differingInputs: 64 });
    expect(summaryText(silent)).not.toContain('agree');
  });

  it('hears by its signal that the run is being ended', async () => {
    const client = shared();
    const path = written(`
      export const task = (_, { signal, log }) => new Promise((resolve) => { log('waiting'); signal.addEventListener('abort', () => { log('heard'); resolve('ended'); }); });`);
    let waiting = 0;
    client.on((event) => {
      if (event.type !== 'lines') return;
      waiting += event.lines.filter(({ text }) => text === 'waiting').length;
      if (waiting === 2) void client.call('stopExperiment', null).catch(() => undefined);
    });
    const report = await run(client, path, { tasks: undefined });
    expect(
      report.lines
        .filter(({ text }) => text === 'heard')
        .map(({ executor }) => executor)
        .sort(),
    ).toEqual(['processes', 'threads']);
    expect(report.totals.counts).toMatchObject({ done: 2, failed: 0 });
  });

  it('asks its host each time, and waits for the answer no longer than the engine lives', async () => {
    const asked: string[] = [];
    const path = written('export const task = () => 1;');
    const offer = () => ({ by: 'none' as const, modules: [] });
    const refusing = open({ modules: { offer, authorizeModule: (given) => Promise.resolve(asked.push(given) > 5) } });
    await expect(run(refusing, path)).rejects.toMatchObject({
      code: 'module-not-trusted',
      message: expect.stringContaining(path),
    });
    await expect(refusing.call('inspectModule', { module: path })).rejects.toMatchObject({
      code: 'module-not-trusted',
    });
    await expect(refusing.call('chooseModule', null)).rejects.toMatchObject({ code: 'not-available' });
    expect(asked).toEqual([path, path]);
    let wait = (): void => undefined;
    const reached = new Promise<void>((resolve) => (wait = resolve));
    const silent = open({
      modules: {
        offer,
        authorizeModule: () => {
          wait();
          return new Promise(() => undefined);
        },
      },
    });
    const starting = expect(run(silent, path)).rejects.toMatchObject({ code: 'module-not-trusted' });
    await reached;
    await closeLast();
    await starting;
  });

  it('runs on neither a Python executor nor with a length that nothing can be calibrated to', async () => {
    const client = shared();
    const path = written('export const task = () => 1;');
    await expect(run(client, path, { workers: { 'python-threads': 1 } })).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('python-threads cannot run task.mjs'),
    });
    await expect(run(client, path, { taskMs: 4 })).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('meta.size'),
    });
    expect(saidOf(await run(client, path))).toEqual([]);
  });
});
