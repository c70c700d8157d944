import { executorsIn, lackOf, type ByExecutor, type PythonChoice, type PythonInfo } from '../../../contract';

/** The interpreter that a run would use: the chosen one, else the first that has what is asked for, as the engine picks it. */
export function pythonFor(
  pythons: readonly PythonInfo[],
  asked: { chosen: PythonChoice | null; workers: ByExecutor<number> },
): PythonInfo | null {
  const chosen = pythons.find((one) => one.executable === asked.chosen?.executable);
  if (chosen) return chosen;
  const wanted = executorsIn('python').filter((name) => (asked.workers[name] ?? 0) > 0);
  return pythons.find((one) => wanted.every((name) => lackOf(one, name) === null)) ?? pythons[0] ?? null;
}
