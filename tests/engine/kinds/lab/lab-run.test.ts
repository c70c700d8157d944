import { expect, it } from 'vitest';
import type { Report } from '../../../../src/contract';
import type { LabCase } from '../../../../src/engine/kinds/lab/case';
import { startLab } from '../../../../src/engine/kinds/lab/lab-run';
import type { Sampler } from '../../../../src/engine/metrics/types';
import { parseReport } from '../../../../src/engine/reports/any-kind';
import { sampledOnce } from '../../../fixtures/samples';
import { makeMachine } from '../../../fixtures/report';

const one = (change: Partial<LabCase>): LabCase => ({
  title: 'a case',
  executor: 'threads',
  rounds: 2,
  limitMs: 1_000,
  expectedMs: 1,
  unavailable: null,
  measure: () => Promise.resolve(),
  ...change,
});
const broken = (message: string): LabCase => one({ measure: () => Promise.reject(new Error(message)) });

const run = (cases: LabCase[], kept: Report[] = [], onWarning: Sampler['onWarning'] = () => () => {}) =>
  startLab({
    id: 'lab-1',
    settings: { lab: 'race', quick: true, workers: 2, seed: 1, python: null },
    lab: { cases, body: () => ({ lab: 'race', rows: [] }), finding: () => 'It was measured.' },
    sides: {
      ask: () => Promise.reject(new Error('not needed')),
      askFresh: () => Promise.reject(new Error('not needed')),
      end: () => {},
    },
    sampler: {
      hz: 10,
      setRate() {},
      rest() {},
      start: async () => {},
      machine: () => Promise.reject(new Error('not needed')),
      watch() {},
      readNow: () => Promise.resolve(),
      on: sampledOnce,
      onWarning,
      stop: async () => {},
    },
    machine: makeMachine(2),
    createdBy: { host: 'terminal', coreloom: '0.1.0' },
    announce: () => {},
    keep: (soFar) => Promise.resolve(void kept.push(...[soFar()].filter((one) => one !== null))),
  }).ended;

it('a lab goes on without a case that breaks', async () => {
  expect(await run([broken('It broke.'), one({})])).toMatchObject({
    outcome: 'tasks-failed',
    failure: null,
    finding: expect.stringMatching(/^1 of 2 cases failed; the first, .*: It broke\. It was measured\.$/) as string,
  });
});

it('a lab is completed without what is not available here', async () => {
  expect(await run([one({ unavailable: 'There is none.' }), one({})])).toMatchObject({
    outcome: 'completed',
    finding: 'It was measured.',
  });
});

it('a lab can be kept after each round of a case, as the whole report of one that was interrupted', async () => {
  const kept: Report[] = [];
  await run([broken('It broke.'), one({})], kept);
  for (const each of kept) expect(parseReport(each)).toEqual(each);
  expect(kept.length).toBeGreaterThanOrEqual(2);
  for (const each of kept)
    expect(each).toMatchObject({
      kind: 'lab',
      outcome: 'interrupted',
      failure: { code: 'interrupted' },
      finding: 'It was measured.',
    });
});

it('a lab of which nothing was measured has failed, and says why', async () => {
  const message = 'Nothing of the lab could be measured. It broke.';
  expect(await run([one({ unavailable: 'There is none.' }), broken('It broke.')])).toMatchObject({
    outcome: 'failed',
    failure: { code: 'not-available', message },
    finding: message,
  });
});

it('a lab keeps what the sampler warned of', async () => {
  const warned: Sampler['onWarning'] = (listener) => {
    listener({ code: 'sampler-failed', message: 'The sampler was ended.' });
    return () => {};
  };
  expect((await run([one({})], [], warned)).warnings).toContain('The sampler was ended.');
});
