import {
  languageFacts,
  languageOf,
  LANGUAGES,
  type AnswerPartState,
  type AnswerReport,
  type AnswerState,
  type Language,
  type MachineInfo,
  type RunOutcome,
} from '../../../../src/contract';
import { answeredReport } from '../../../../src/engine/kinds/answer/answers';
import { bookCompare, bookScale, makeAnswerReport } from '../../../fixtures/answer-report';
import { makeMachine, SHA256 } from '../../../fixtures/report';
import { drawnCompare } from './compare';
import type { Drawn } from './drawn';
import { drawnScale } from './scale';

type Begin = Parameters<Drawn<'answer'>['begin']>[1];

/** A part before anything of it is measured. */
function partOf(language: Language, kind: AnswerPartState['kind'], state: AnswerState, common: Begin): AnswerPartState {
  const executors = bookCompare(language).settings.executors;
  const task = { workload: state.settings.workload };
  return {
    title: `${languageFacts(language).title}: ${kind === 'compare' ? 'threads or processes' : 'how many'}`,
    language,
    kind,
    state: 'waiting',
    now:
      kind === 'compare'
        ? drawnCompare.begin({ ...task, kind, executors }, common)
        : drawnScale.begin({ ...task, kind, executors: bookScale(language).settings.executors, max: 4 }, common),
  };
}

function evidenceOf({ parts }: AnswerState, machine: MachineInfo): AnswerReport['evidence'] {
  return parts
    .filter(({ state }) => state === 'measured')
    .map(({ language, kind }) =>
      kind === 'compare' ? bookCompare(language, { machine }) : bookScale(language, { machine }),
    );
}

/** An answer of the languages whose executors are there, as the books say. */
export const drawnAnswer: Drawn<'answer'> = {
  begin(settings, common) {
    const executors = settings.executors ?? ['sequential', 'threads', 'processes'];
    const state: AnswerState = {
      ...common,
      kind: 'answer',
      workload: { ...SHA256, name: settings.workload, title: settings.workload },
      settings: {
        workload: settings.workload,
        executors,
        size: settings.size ?? 1000,
        workloadSettings: settings.workloadSettings ?? {},
        taskMs: settings.taskMs ?? null,
        seed: 7,
        ...(settings.module === undefined ? {} : { module: settings.module, deadlineMs: 30_000 }),
      },
      parts: [],
      answers: [],
    };
    const languages = LANGUAGES.filter((language) => executors.some((name) => languageOf(name) === language));
    return {
      ...state,
      parts: languages.flatMap((language) =>
        (['compare', 'scale'] as const).map((kind) => partOf(language, kind, state, common)),
      ),
    };
  },
  at(state, share) {
    const place = share * state.parts.length;
    const parts = state.parts.map((part, at): AnswerPartState => {
      const own = Math.min(1, Math.max(0, place - at));
      const { now } = part;
      return {
        ...part,
        state: own >= 1 ? 'measured' : own > 0 || at === Math.floor(place) ? 'measuring' : 'waiting',
        now:
          now?.kind === 'compare' ? drawnCompare.at(now, own) : now?.kind === 'scale' ? drawnScale.at(now, own) : now,
      };
    });
    const { answers, finding } = answeredReport(
      makeAnswerReport({ evidence: evidenceOf({ ...state, parts }, makeMachine(2)) }),
    );
    const under = parts[Math.floor(place)];
    return {
      ...state,
      parts,
      answers,
      step: `${under?.title ?? ''}. ${under?.now?.step ?? ''}`,
      finding: `${answers.length === 0 ? '' : `${finding} `}${under?.now?.finding ?? ''}`,
    };
  },
  report(state, { id, outcome, failure, machine, workload }) {
    const info = workload(state.settings.workload);
    const all: RunOutcome = 'completed';
    const ended =
      outcome === all
        ? { ...state, parts: state.parts.map((part) => ({ ...part, state: 'measured' as const })) }
        : state;
    const report = makeAnswerReport({
      id,
      settings: state.settings,
      machine,
      outcome,
      failure,
      evidence: evidenceOf(ended, machine),
      workload: info ?? state.workload,
    });
    return { ...answeredReport(report), ...(failure ? { finding: failure.message } : {}) };
  },
};
