import { describe, expect, it } from 'vitest';
import {
  CoreloomError,
  type CompareReport,
  type LabReport,
  type Report,
  type ScorecardState,
} from '../../../../src/contract';
import { partsOf, type Part } from '../../../../src/engine/kinds/scorecard/parts';
import {
  startScorecard,
  type Scorecard,
  type ScorecardOptions,
} from '../../../../src/engine/kinds/scorecard/scorecard-run';
import { parseReport } from '../../../../src/engine/reports/any-kind';
import { makeMachine } from '../../../fixtures/report';
import { asTheBooksSay } from '../../../fixtures/evidence';
import type { Experiment } from '../../../../src/engine/kinds/kind';
import { partExperiment } from '../part-experiment';

type Evidenced = LabReport | CompareReport;

/** The report that a part of the card makes, where everything is as the books say. */
function reportOf({ settings }: Part): Evidenced {
  const { cpu, io, ...labs } = asTheBooksSay();
  const report =
    settings.kind === 'lab'
      ? labs[settings.lab]
      : settings.kind === 'compare' && settings.workload === 'http'
        ? io
        : cpu;
  if (report === undefined) throw new Error('There is no such part.');
  return settings.kind === 'compare' && settings.workload === 'http'
    ? ({ ...report, workload: { ...(report as CompareReport).workload, kind: 'io' } } as CompareReport)
    : report;
}

function card(start: ScorecardOptions['start'], seen: ScorecardState[] = [], kept: Report[] = []): Scorecard {
  const settings = { quick: true, workers: 2, seed: 7, python: null };
  return startScorecard({
    id: 'card-1',
    settings,
    machine: makeMachine(2),
    createdBy: { host: 'terminal', coreloom: '0.1.0' },
    start,
    parts: partsOf({
      ...settings,
      python: undefined,
      executors: ['sequential', 'threads', 'processes', 'python-threads', 'python-processes', 'python-interpreters'],
    }),
    announce: (state) => seen.push(state),
    keep: (soFar) => Promise.resolve(void kept.push(...[structuredClone(soFar())].filter((report) => report !== null))),
  });
}

describe('a scorecard', () => {
  it('measures its parts one after another, judges each claim as soon as it can, and keeps all evidence', async () => {
    const seen: ScorecardState[] = [];
    let running = 0;
    const report = await card(async (part) => {
      expect(++running).toBe(1);
      return partExperiment(
        reportOf(part),
        Promise.resolve().then(() => void running--),
      );
    }, seen).ended;
    expect(report).toMatchObject({
      kind: 'scorecard',
      outcome: 'completed',
      failure: null,
      finding: '11 of 11 claims hold on this machine.',
    });
    expect(report.evidence).toHaveLength(6);
    expect(seen[0]?.finding).toBe('No result yet: the first part is not measured.');
    expect(seen.map(({ parts }) => parts.filter(({ state }) => state === 'measured').length).at(-1)).toBe(6);
    const shown = seen.map(({ rows }) => rows.filter(({ holds }) => holds !== 'not-shown').length);
    expect(shown).toEqual(shown.toSorted((a, b) => a - b));
    const progress = seen.map((state) => state.progress ?? 0);
    expect(progress.every((value, at) => value >= 0 && value <= 1 && value >= (progress[at - 1] ?? 0) - 0.01)).toBe(
      true,
    );
  });

  it('goes on without a part that cannot start or fails, and says which claims that leaves', async () => {
    const report = await card((part) =>
      part.settings.kind === 'lab' && part.settings.lab === 'startup'
        ? Promise.reject(new CoreloomError('not-available', 'No process can be started here.'))
        : Promise.resolve(partExperiment(reportOf(part), Promise.resolve())),
    ).ended;
    expect(report.outcome).toBe('tasks-failed');
    expect(report.rows.find(({ claim }) => claim === 'start-up')?.holds).toBe('not-shown');
    expect(report.warnings).toContain('Lab: start-up: No process can be started here.');
    expect(report.finding).toBe(
      'Not measured to the end: Lab: start-up. 10 of 11 claims hold on this machine. Not shown: start-up.',
    );
  });

  it('keeps what was measured when it is stopped, and starts no further part', async () => {
    const started: (Experiment & { stopped: boolean })[] = [];
    const under: Scorecard = card((part) => {
      const experiment = partExperiment(
        reportOf(part),
        started.length === 0 ? Promise.resolve() : new Promise(() => {}),
      );
      started.push(experiment);
      if (started.length === 2)
        queueMicrotask(() => {
          under.stop();
        });
      return Promise.resolve(experiment);
    });
    const report = await under.ended;
    expect(started.map(({ stopped }) => stopped)).toEqual([false, true]);
    expect(report.outcome).toBe('cancelled');
    expect(report.rows.find(({ claim }) => claim === 'start-up')?.holds).toBe('yes');
    expect(under.state()).toMatchObject({ progress: 1, remainingMs: 0, outcome: 'cancelled', reportId: 'card-1' });
  });

  it('keeps after each part what there is so far, as a report that says that nobody was left to end it', async () => {
    const kept: Report[] = [];
    const report = await card((part) => Promise.resolve(partExperiment(reportOf(part), Promise.resolve())), [], kept)
      .ended;
    expect(kept.map((one) => one.kind === 'scorecard' && one.evidence.length)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(kept[0]).toMatchObject({
      id: report.id,
      outcome: 'interrupted',
      failure: { code: 'interrupted' },
      finding: expect.stringMatching(/ of 11 claims hold on this machine\. Not shown: /) as string,
    });
    for (const one of kept) expect(parseReport(one)).toEqual(one);
  });

  it('keeps what the part under way has measured as well', async () => {
    const kept: Report[] = [];
    await card(
      async (part, { keep }) => {
        await keep(() => null);
        await keep(() => ({ ...reportOf(part), outcome: 'interrupted' }));
        return partExperiment(reportOf(part), Promise.resolve());
      },
      [],
      kept,
    ).ended;
    expect(
      kept.map((one) => one.kind === 'scorecard' && one.evidence.map(({ outcome }) => outcome)).slice(0, 5),
    ).toEqual([
      ['interrupted'],
      ['completed'],
      ['completed'],
      ['completed', 'interrupted'],
      ['completed', 'completed'],
    ]);
  });

  it('has failed where no part could be measured', async () => {
    const report = await card(() => Promise.reject(new CoreloomError('not-available', 'Nothing runs here.'))).ended;
    expect(report).toMatchObject({
      outcome: 'failed',
      failure: {
        code: 'not-available',
        message: 'None of the parts could be measured. Lab: start-up: Nothing runs here.',
      },
    });
  });

  it('asks only for executors that the claims are of and that can run here', () => {
    const parts = partsOf({
      quick: true,
      workers: 2,
      seed: 1,
      python: undefined,
      executors: ['sequential', 'threads', 'processes', 'python-interpreters'],
    });
    for (const { settings } of parts)
      if (settings.kind === 'compare') expect(settings.executors).toEqual(['sequential', 'threads', 'processes']);
    expect(parts.reduce((sum, { expectedMs }) => sum + expectedMs, 0)).toBeLessThan(120_000);
  });
});
