import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { CompareReport } from '../../src/contract';
import { reportJson } from '../../src/engine/reports/any-kind';
import { regressions } from '../../src/engine/kinds/compare/regression';
import { makeCompareReport, NODE_SHAPES } from '../fixtures/compare-report';
import { makeReport } from '../fixtures/report';
import { savedReports } from './coreloom';
import { inProcess } from './in-process';

const home = mkdtempSync(join(tmpdir(), 'coreloom-baseline-'));
const at = (name: string): string => join(home, name);
const compare = (...args: string[]) => inProcess(['compare', 'sha256', ...args], { home });
let base: CompareReport;

afterAll(() => rm(home, { recursive: true, force: true }));

it('is measured once, and kept in a file', async () => {
  const { code, err } = await compare(
    '--executors',
    'sequential,threads',
    '--workers',
    '2',
    '--size',
    '20000',
    '--tasks',
    '40',
    '--rounds',
    '12',
    '--report',
    at('base.json'),
  );
  expect({ code, err }).toMatchObject({ code: 0 });
  base = JSON.parse(readFileSync(at('base.json'), 'utf8')) as CompareReport;
});

/** The baseline with every round `times` as long, and nothing told of how busy the machine was with other work. */
function stretched(name: string, times: number): string {
  const contenders = base.contenders.map((one) => ({
    ...one,
    runQueueMs: null,
    rounds: { ...one.rounds, makespanMs: one.rounds.makespanMs.map((ms) => ms * times) },
  }));
  writeFileSync(at(name), reportJson({ ...base, contenders }));
  return at(name);
}

describe('a comparison with a baseline', () => {
  it('ends with 0 where nothing became slower by so much, and repeats what the baseline did', async () => {
    const { code, out } = await compare(
      '--baseline',
      stretched('slow-once.json', 100),
      '--rounds',
      '8',
      '--fail-if-slower',
      '5%',
    );
    expect(out).toMatch(/Against the baseline \S+, whose rounds are not paired with these:[^]*threads: faster by/);
    expect(code).toBe(0);
    const newest = savedReports(home)
      .map((path) => JSON.parse(readFileSync(path, 'utf8')) as CompareReport)
      .find(({ id }) => id !== base.id)!;
    expect(newest.settings).toMatchObject({
      executors: base.settings.executors,
      size: 20_000,
      tasks: 40,
      workers: 2,
      seed: base.settings.seed,
    });
  });

  it('ends with 1 and a sentence with its interval where it was a hundred times as fast once', async () => {
    const { code, out } = await compare(
      '--baseline',
      stretched('fast-once.json', 0.01),
      '--rounds',
      '8',
      '--fail-if-slower',
      '5%',
    );
    expect(out).toMatch(
      /threads: SLOWER by [\d.,]+ %, shown to be more than the 5 % allowed \([\d.,]+ × its time, 95 % interval/,
    );
    expect(code).toBe(1);
  });

  it('tells and fails nothing without a limit', async () => {
    const { code, out } = await compare('--baseline', at('fast-once.json'), '--rounds', '8');
    expect(out).toMatch(/threads: slower by/);
    expect(code).toBe(0);
  });

  it('ends with 1 where a contender breaks, which has not passed', async () => {
    const module = at('task.mjs');
    const task = (first: string): void => {
      writeFileSync(
        module,
        `import { isMainThread } from 'node:worker_threads';\nexport function task() { ${first} return 1; }\n`,
      );
    };
    const own = (...args: string[]) => inProcess(['compare', module, ...args], { home });
    task('');
    expect(
      await own(
        '--executors',
        'threads,processes,sequential',
        '--workers',
        '2',
        '--tasks',
        '8',
        '--rounds',
        '8',
        '--report',
        at('own.json'),
      ),
    ).toMatchObject({ code: 0 });
    // Alone in its process, it ends that.
    task('if (isMainThread) process.exit(3);');
    const { code, out } = await own('--baseline', at('own.json'), '--rounds', '8', '--fail-if-slower', '900%');
    expect(out).toMatch(/^ {2}processes: failed before the end, so it cannot be compared\. .*exit/m);
    expect(code).toBe(1);
  });

  it.each([
    ['is empty', '', 'damaged'],
    ['was cut off', '{"schemaVersion":1,"kind":"compa', 'damaged'],
    ['is no report', '{}', 'broken'],
  ])('refuses a baseline that %s as wrong usage, which no build takes for a regression', async (_, text, so) => {
    writeFileSync(at('broken.json'), text);
    expect(await compare('--baseline', at('broken.json'), '--fail-if-slower', '5%')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(
        new RegExp(`^coreloom: The baseline cannot be used\\. The report is ${so}.*\\n$`),
      ) as string,
    });
  });

  it('refuses another machine before it measures, unless that is asked for', async () => {
    const other = { ...base, machine: { ...base.machine, cpuModel: 'another processor' } };
    writeFileSync(at('other.json'), reportJson(other));
    expect(await compare('--baseline', at('other.json'), '--rounds', '8')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/measured on another machine/) as string,
    });
    const warned = await compare('--baseline', at('other.json'), '--rounds', '8', '--other-machine');
    expect(warned).toMatchObject({ code: 0, err: expect.stringMatching(/so the result is not reliable/) as string });
  });

  it.each<[string[], RegExp]>([
    [['--size', '21000'], /measured with size 20000, not 21000/],
    [['--executors', 'processes,threads'], /measured with executors/],
    [['--rounds', '3'], /--rounds 3 is too few/],
    [['--task-ms', '3'], /remove --task-ms/],
    [['--fail-if-slower', 'much'], /must be a percentage from 0% to 1000%, such as 5%/],
  ])('refuses %j, with exit code 2', async (args, words) => {
    expect(await compare('--baseline', at('base.json'), ...args)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(words) as string,
    });
  });

  it('refuses what is no comparison, what has too few rounds, what is not there, and a limit without a baseline', async () => {
    writeFileSync(at('live.json'), reportJson(makeReport()));
    const few = base.contenders.map((one) => ({
      ...one,
      rounds: { round: [0], makespanMs: [1], cpuMs: [1], offThreadCpuMs: [null], runQueueMs: [1], deaths: [0] },
    }));
    writeFileSync(at('few.json'), reportJson({ ...base, contenders: few }));
    for (const [args, words] of [
      [['--baseline', at('live.json')], /must be the report of a comparison/],
      [['--baseline', at('few.json')], /too few rounds/],
      [['--baseline', at('none.json')], /does not exist or cannot be read/],
      [['--fail-if-slower', '5%'], /needs a baseline/],
    ] as const)
      expect(await compare(...args)).toMatchObject({ code: 2, err: expect.stringMatching(words) as string });
  });
});

describe('what has become slower', () => {
  const shaped = (times: number): CompareReport => {
    const report = makeCompareReport(NODE_SHAPES);
    // Rounds that spread by 4 % around their middle.
    const spread = (ms: number): number[] =>
      Array.from({ length: 20 }, (_, round) => ms * times * (0.98 + 0.04 * (((round * 7) % 20) / 19)));
    return {
      ...report,
      contenders: report.contenders.map((one) => ({
        ...one,
        rounds: { ...one.rounds, makespanMs: spread(one.makespanMs!.value) },
      })),
    };
  };
  it.each([
    [1, 0.05, 'no-difference'],
    [1.03, 0.05, 'no-difference'],
    [1.1, 0.2, 'slower'],
    [1.05, 0.02, 'too-slow'],
    [1.2, 0.05, 'too-slow'],
    [1.2, 0.5, 'slower'],
    [0.97, 0.05, 'no-difference'],
    [0.8, 0.05, 'faster'],
  ])('at %s times the time and a limit of %s is %s', (times, limit, verdict) => {
    for (const one of regressions(shaped(times), shaped(1), limit)) expect(one.verdict).toBe(verdict);
  });

  it('is not told where others had the cores in one of the two', () => {
    const busy = shaped(1.6);
    for (const one of busy.contenders) one.runQueueMs = (one.makespanMs?.value ?? 0) * one.workers * 0.3;
    expect(new Set(regressions(busy, shaped(1), 0.05).map(({ verdict }) => verdict))).toEqual(new Set(['unlike-load']));
    expect(regressions(busy, shaped(1), 0.05)[0]?.waited).toEqual({ now: expect.closeTo(0.3) as number, then: 0 });
  });

  it('is not what the time without a core explains, however small the limit', () => {
    const busy = shaped(1.09);
    for (const one of busy.contenders) one.runQueueMs = (one.makespanMs?.value ?? 0) * one.workers * 0.09;
    expect(new Set(regressions(busy, shaped(1), 0.03).map(({ verdict }) => verdict))).toEqual(
      new Set(['no-difference']),
    );
  });

  it('is told of contenders that both have, and that did not leave', () => {
    const failed = shaped(1);
    failed.contenders[1]!.failure = { code: 'worker-died', message: 'It died.' };
    expect(
      regressions(failed, { ...shaped(1), contenders: shaped(1).contenders.slice(0, 2) }, 0.05).map(
        ({ contender }) => contender,
      ),
    ).toEqual(['sequential']);
  });
});
