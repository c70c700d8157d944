import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/contract';
import { ARGUMENTS } from '../../src/engine/commands/arguments';
import { wholeWithin } from '../../src/cli/commands/run-settings';
import { parseDuration, parseTaskMs } from '../../src/cli/values';

const experimentSettings = ARGUMENTS.startExperiment;
const live = { kind: 'live', workload: 'sha256', workers: { threads: 1 } };
const compare = { kind: 'compare', workload: 'sha256' };
const scale = { kind: 'scale', workload: 'sha256' };

/** Whether the engine takes a value of each limit, by the setting that it is of. */
const ENGINE: Record<keyof typeof LIMITS, (value: number) => boolean> = {
  workers: (threads) => experimentSettings.safeParse({ ...live, workers: { threads } }).success,
  durationMs: (durationMs) => experimentSettings.safeParse({ ...live, durationMs }).success,
  deadlineMs: (deadlineMs) =>
    experimentSettings.safeParse({ ...live, workload: 'custom', module: '/task.ts', deadlineMs }).success,
  tasks: (tasks) => experimentSettings.safeParse({ ...live, tasks }).success,
  taskMs: (taskMs) => experimentSettings.safeParse({ ...live, taskMs }).success,
  seed: (seed) => experimentSettings.safeParse({ ...live, seed }).success,
  compareWorkers: (workers) => experimentSettings.safeParse({ ...compare, workers }).success,
  roundTasks: (tasks) => experimentSettings.safeParse({ ...compare, tasks }).success,
  compareRounds: (rounds) => experimentSettings.safeParse({ ...compare, rounds }).success,
  scaleWorkers: (max) => experimentSettings.safeParse({ ...scale, max }).success,
  scaleRounds: (rounds) => experimentSettings.safeParse({ ...scale, rounds }).success,
};

describe.each(Object.entries(LIMITS) as [keyof typeof LIMITS, { min: number; max: number }][])(
  'the limits of %s',
  (name, { min, max }) => {
    it('are those of the engine, both ends included', () => {
      const step = Number.isInteger(min) ? 1 : min / 10;
      expect([min - step, min, max, max + step].map(ENGINE[name])).toEqual([false, true, true, false]);
    });
  },
);

describe('the command line', () => {
  it('takes both ends of what is whole, and names them where a value lies beyond', () => {
    const whole = wholeWithin(LIMITS.tasks);
    expect([whole('tasks', '1'), whole('tasks', '1000000000000')]).toEqual([1, 1e12]);
    expect(() => whole('tasks', '1000000000001')).toThrow('from 1 to 1000000000000');
    expect(() => whole('tasks', '0')).toThrow('from 1 to 1000000000000');
  });

  it('takes both ends of times', () => {
    expect([parseDuration('duration', '1ms'), parseDuration('duration', '168h')]).toEqual([
      LIMITS.durationMs.min,
      LIMITS.durationMs.max,
    ]);
    expect(() => parseDuration('duration', '169h')).toThrow('from 1ms to 168h');
    expect([parseTaskMs('task-ms', '0.05'), parseTaskMs('task-ms', '10000')]).toEqual([
      LIMITS.taskMs.min,
      LIMITS.taskMs.max,
    ]);
    expect(() => parseTaskMs('task-ms', '10001')).toThrow('from 0.05 to 10000');
  });
});

describe('a bound of a setting', () => {
  const placesWith = (folder: string, places: RegExp): string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|vue)$/.test(file))
      .flatMap((file) =>
        [...readFileSync(join(folder, file), 'utf8').matchAll(places)].map(([found]) => `${file}: ${found}`),
      );

  it('is a number nowhere but among the limits: not in what the command reads, nor in what is checked', () => {
    expect(placesWith('src/cli/commands', /wholeWithin\([^)]*\d[^)]*\)/g)).toEqual([]);
    const checked = /(?:wholeNumber|span)\('\w+', \{[^}]*[2-9]\d[^}]*\}\)/g;
    expect(['src/engine', 'src/contract'].flatMap((folder) => placesWith(folder, checked))).toEqual([]);
    expect(placesWith('src/contract/schemas', /(?:wholeNumber|span)\('\w+', LIMITS/g).length).toBeGreaterThan(5);
    expect(placesWith('src/cli/commands', /wholeWithin\(LIMITS/g).length).toBeGreaterThan(5);
  });

  it('is a number of its own in no field of the screen that has a largest value', () => {
    const largest = placesWith('src/renderer/src', /<(?:NumberEntry|RangeSlider)[^>]*?:max="[^"]*"/g);
    expect(largest.length).toBeGreaterThan(5);
    expect(largest.filter((one) => /:max="[\d_.e]+"/.test(one))).toEqual([]);
    expect(placesWith('src/renderer/src', /const (?:MOST|LONGEST)_(?:TASKS|ROUNDS|WORKERS|SECONDS)\b.*/g)).toEqual([]); // prettier-ignore
  });
});
