import { userEnvironment, workerEnvironment } from '../system/environment';

/** What Python needs beside what every process does, also to find its own library. */
const OWN = ['LOCALAPPDATA', 'PATHEXT', 'LD_LIBRARY_PATH', 'PYTHONHOME'];

const OURS = { PYTHONUTF8: '1', PYTHONDONTWRITEBYTECODE: '1' };

/** The environment of every Python process that runs nothing but Coreloom's own. */
export function pythonEnvironment(): Record<string, string> {
  return { ...workerEnvironment(OWN), ...OURS };
}

/** Of what changes how Python itself runs, what the user's own code has too: where its library and its modules are. */
const THEIRS = ['PYTHONPATH', 'PYTHONHOME'];

/**
 * The environment of the user's own code, with where it looks for modules, and without what else changes how Python
 * itself runs.
 */
export function moduleEnvironment(): Record<string, string> {
  return { ...without((name) => name.startsWith('PYTHON') && !THEIRS.includes(name)), ...OURS };
}

/**
 * The environment that a Python is found in: as at the user's prompt, since what stands behind `python3` may go by it
 * (`PYENV_VERSION`, `ASDF_PYTHON_VERSION`, `MISE_…`, `PY_PYTHON`).
 */
export function promptEnvironment(): Record<string, string> {
  return { ...without((name) => name.startsWith('PYTHON') && name !== 'PYTHONHOME'), ...OURS };
}

const without = (left: (name: string) => boolean): Record<string, string> =>
  Object.fromEntries(Object.entries(userEnvironment()).filter(([name]) => !left(name)));
