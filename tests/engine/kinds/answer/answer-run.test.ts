import { describe, expect, it } from 'vitest';
import {
  CoreloomError,
  languageOf,
  type AnswerState,
  type ExecutorKey,
  type ExperimentState,
  type Language,
  type Report,
  type SettingsOf,
} from '../../../../src/contract';
import { startAnswer, type Answering, type AnswerOptions } from '../../../../src/engine/kinds/answer/answer-run';
import type { Evidence } from '../../../../src/engine/kinds/answer/evidence-kinds';
import { comparable, partsOf, withBaselines } from '../../../../src/engine/kinds/answer/parts';
import { parseReport } from '../../../../src/engine/reports/any-kind';
import { bookCompare, bookScale } from '../../../fixtures/answer-report';
import { makeMachine, SHA256 } from '../../../fixtures/report';
import type { Experiment } from '../../../../src/engine/kinds/kind';
import { partExperiment } from '../part-experiment';

type Asked = SettingsOf<'compare'> | SettingsOf<'scale'>;

const ALL: ExecutorKey[] = ['sequential', 'threads', 'processes', 'python-threads', 'python-processes'];

const languageAsked = ({ executors }: Asked): Language => languageOf(executors?.[0] ?? 'threads');
const reportOf = (asked: Asked): Evidence =>
  asked.kind === 'compare' ? bookCompare(languageAsked(asked)) : bookScale(languageAsked(asked));

interface Seen {
  states: AnswerState[];
  kept: Report[];
  asked: Asked[];
}

function answering(start: AnswerOptions['start'], executors = ALL, seen?: Partial<Seen>): Answering {
  return startAnswer({
    id: 'answer-1',
    workload: SHA256,
    settings: { workload: 'sha256', executors, size: 1000, workloadSettings: {}, taskMs: null, seed: 7 },
    parts: partsOf({ settings: { workload: 'sha256', seed: 7 }, executors }),
    warnings: [],
    machine: makeMachine(2),
    createdBy: { host: 'terminal', coreloom: '0.1.0' },
    start: (asked, kit) => {
      seen?.asked?.push(asked);
      return start(asked, kit);
    },
    announce: (state) => seen?.states?.push(structuredClone(state)),
    keep: (soFar) =>
      Promise.resolve(void seen?.kept?.push(...[structuredClone(soFar())].filter((report) => report !== null))),
  });
}
const asBooksSay: AnswerOptions['start'] = (asked) =>
  Promise.resolve(partExperiment(reportOf(asked), Promise.resolve()));

describe('an answer', () => {
  it('compares, then scales whom the comparison names, language by language, and keeps all evidence', async () => {
    const seen: Seen = { states: [], kept: [], asked: [] };
    const report = await answering(asBooksSay, ALL, seen).ended;
    expect(seen.asked).toMatchObject([
      { kind: 'compare', quick: true, executors: ['sequential', 'threads', 'processes'] },
      { kind: 'scale', quick: true, executors: ['threads'] },
      { kind: 'compare', quick: true, executors: ['python-threads', 'python-processes'] },
      { kind: 'scale', quick: true, executors: ['python-processes'] },
    ]);
    expect(report).toMatchObject({ kind: 'answer', outcome: 'completed', failure: null, roundCount: 40 });
    expect(report.finding).toMatch(/^Use 2 threads: .* In Python, use 2 processes: /);
    expect(report.answers.map(({ language, compare, scale }) => [language, compare, scale])).toEqual(
      (['node', 'python'] as const).map((language) => [language, bookCompare(language).id, bookScale(language).id]),
    );
    expect(parseReport(report)).toEqual(report);
    expect(seen.states[0]?.finding).toBe('No result yet: nothing is measured.');
    const answered = seen.states.map(({ answers }) => answers.length);
    expect(answered).toEqual(answered.toSorted((a, b) => a - b));
    const progress = seen.states.map((state) => state.progress ?? 0);
    expect(progress.every((value, at) => value >= 0 && value <= 1 && value >= (progress[at - 1] ?? 0) - 0.01)).toBe(
      true,
    );
  });

  it('takes the time of a whole comparison where there is one language', async () => {
    const seen: Pick<Seen, 'asked'> = { asked: [] };
    await answering(asBooksSay, ['sequential', 'threads', 'processes'], seen).ended;
    expect(seen.asked).toMatchObject([
      { kind: 'compare', quick: false },
      { kind: 'scale', quick: true },
    ]);
  });

  it('tells what is left in all parts, and how the part under way stands', async () => {
    const states: AnswerState[] = [];
    const under = { kind: 'compare', finding: 'Threads are ahead.', step: 'Measuring, 9 rounds', remainingMs: 4_000 };
    await answering(
      async (asked, { announce }) => {
        if (asked.kind === 'compare') announce(under as ExperimentState);
        return partExperiment(reportOf(asked), Promise.resolve());
      },
      ALL,
      { states },
    ).ended;
    const told = states.find(({ parts }) => parts[0]?.now !== null);
    expect(told).toMatchObject({
      step: 'Node: threads or processes. Measuring, 9 rounds',
      finding: 'Threads are ahead.',
      remainingMs: 4_000 + 8_000 + 11_000 + 8_000,
    });
  });

  it('keeps what was measured when it is stopped, answers what that tells, and starts no further part', async () => {
    const started: (Experiment & { stopped: boolean })[] = [];
    const under: Answering = answering((asked) => {
      const experiment = partExperiment(
        reportOf(asked),
        started.length < 2 ? Promise.resolve() : new Promise(() => {}),
      );
      started.push(experiment);
      if (started.length === 3)
        queueMicrotask(() => {
          under.stop();
        });
      return Promise.resolve(experiment);
    });
    const report = await under.ended;
    expect(started.map(({ stopped }) => stopped)).toEqual([false, false, true]);
    expect(report.outcome).toBe('cancelled');
    expect(report.answers[0]).toMatchObject({
      language: 'node',
      claim: { claim: 'use', executor: 'threads', workers: 2 },
    });
    expect(under.state()).toMatchObject({ progress: 1, remainingMs: 0, outcome: 'cancelled', reportId: 'answer-1' });
  });

  it('goes on with the other language where one fails, and says why', async () => {
    const report = await answering((asked) =>
      languageAsked(asked) === 'python'
        ? Promise.reject(new CoreloomError('not-available', 'No interpreter can be started here.'))
        : Promise.resolve(partExperiment(reportOf(asked), Promise.resolve())),
    ).ended;
    expect(report.outcome).toBe('tasks-failed');
    expect(report.answers.map(({ language }) => language)).toEqual(['node']);
    expect(report.warnings).toContain('Python: threads or processes: No interpreter can be started here.');
  });

  it('has failed, for its first reason, where nothing could be measured', async () => {
    const report = await answering(() => Promise.reject(new CoreloomError('task-threw', 'The task failed.'))).ended;
    expect(report).toMatchObject({ outcome: 'failed', finding: 'The task failed.', failure: { code: 'task-threw' } });
  });

  it('does not scale where others have the cores', async () => {
    const seen: Pick<Seen, 'asked'> = { asked: [] };
    const report = await answering(
      (asked) => {
        const compare = bookCompare('node');
        const busy = compare.contenders.map((one) => ({ ...one, coresBusy: 0.6, runQueueMs: 2000, engineCpuMs: 0 }));
        return Promise.resolve(
          partExperiment(
            asked.kind === 'compare' ? { ...compare, contenders: busy } : reportOf(asked),
            Promise.resolve(),
          ),
        );
      },
      ['sequential', 'threads', 'processes'],
      seen,
    ).ended;
    expect(report.answers[0]?.claim.claim).toBe('too-busy');
    expect(seen.asked.map(({ kind }) => kind)).toEqual(['compare']);
  });

  it('keeps what there is so far, with what the part under way has measured', async () => {
    const kept: Report[] = [];
    await answering(
      async (asked, { keep }) => {
        await keep(() => null);
        await keep(() => ({ ...reportOf(asked), outcome: 'interrupted' }));
        return partExperiment(reportOf(asked), Promise.resolve());
      },
      ['sequential', 'threads', 'processes'],
      { kept },
    ).ended;
    expect(kept.map((one) => one.kind === 'answer' && one.evidence.map(({ outcome }) => outcome))).toEqual([
      ['interrupted'],
      ['completed'],
      ['completed'],
      ['completed', 'interrupted'],
      ['completed', 'completed'],
    ]);
    for (const one of kept) expect(parseReport(one)).toEqual(one);
  });

  it('is of languages that have two executors, with their baselines', () => {
    expect(comparable(ALL)).toEqual(['node', 'python']);
    expect(comparable(['sequential', 'threads', 'python-threads'])).toEqual(['node']);
    expect(comparable(['sequential'])).toEqual([]);
    expect(withBaselines(['threads'], ALL)).toEqual(['sequential', 'threads']);
    expect(withBaselines(['python-threads'], ALL)).toEqual(['python-threads']);
  });
});
