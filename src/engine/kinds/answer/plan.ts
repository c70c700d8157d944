import { languageFacts, LANGUAGES, languageOf, CoreloomError, type ExecutorKey } from '../../../contract';
import type { Experiment, ExperimentKit, Planner } from '../kind';
import { resolveTasks, takingPart } from '../shared/rounds-plan';
import { startAnswer } from './answer-run';
import type { EvidenceKinds } from './evidence-kinds';
import { comparable, partsOf, withBaselines } from './parts';

/** Starts an answer, whose parts are experiments of other kinds. Errors: `bad-input`, `unknown-workload`, `not-available`, and those of a module. */
export function planAnswer(kinds: EvidenceKinds['kinds']): Planner<'answer'> {
  return async (settings, kit) => {
    const { workload, executors: able, chosen, python, close } = await kit.subject(settings);
    // Each part finds its own.
    await close?.();
    const available = able.map(({ name }) => name);
    const lack = `An answer needs two executors of a language; available here: ${available.join(', ')}.`;
    const executors = withBaselines(takingPart(settings.executors, available, { least: 1, lack }), available);
    if (comparable(executors).length === 0) throw new CoreloomError('bad-input', lack);
    const tasks = resolveTasks({ ...settings, ...chosen }, workload);
    const { size, taskMs, seed, module, deadlineMs } = tasks;
    return startAnswer({
      id: kit.reportId(workload.info.name),
      workload: workload.info,
      settings: {
        workload: tasks.workload,
        executors,
        size,
        workloadSettings: tasks.workloadSettings,
        taskMs,
        seed,
        ...(python === undefined ? {} : { python }),
        ...(module === undefined ? {} : { module, deadlineMs }),
      },
      parts: partsOf({ settings: { ...settings, ...chosen }, executors }),
      warnings: leftOut(executors),
      machine: kit.machine,
      createdBy: kit.createdBy,
      start: (part, own): Promise<Experiment> => {
        const partKit: ExperimentKit = { ...kit, ...own };
        return part.kind === 'compare' ? kinds.compare.plan(part, partKit) : kinds.scale.plan(part, partKit);
      },
      keep: kit.keep,
      announce: kit.announce,
    });
  };
}

/** Languages of which one executor can run, or is wanted, alone. */
function leftOut(executors: readonly ExecutorKey[]): string[] {
  const compared = comparable(executors);
  return LANGUAGES.filter(
    (language) => !compared.includes(language) && executors.some((name) => languageOf(name) === language),
  ).map((language) => `${languageFacts(language).title} was left out: it takes two of its executors to compare.`);
}
