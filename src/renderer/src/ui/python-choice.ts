import type { ByExecutor, PythonChoice, PythonInfo } from '../../../contract';

/** The interpreter that a run would use: the chosen one, else the first that has what is asked for, as the engine picks it. */
export function pythonFor(
  pythons: readonly PythonInfo[],
  asked: { chosen: PythonChoice | null; workers: ByExecutor<number> },
): PythonInfo | null {
  const chosen = pythons.find((one) => one.executable === asked.chosen?.executable);
  if (chosen) return chosen;
  const wants = (name: 'python-processes' | 'python-interpreters'): boolean => (asked.workers[name] ?? 0) > 0;
  const has = (one: PythonInfo): boolean =>
    (!wants('python-interpreters') || one.interpreters) && (!wants('python-processes') || one.startMethods.length > 0);
  return pythons.find(has) ?? pythons[0] ?? null;
}
