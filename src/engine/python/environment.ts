import { userEnvironment } from '../environment';

/** Variables that Python needs from this process's environment; everything else, PYTHON… first of all, stays behind. */
const KEPT = ['PATH', 'HOME', 'USERPROFILE', 'TMPDIR', 'TMP', 'TEMP', 'SystemRoot', 'SYSTEMROOT', 'LOCALAPPDATA', 'PATHEXT', 'LANG', 'LC_ALL', 'TZ', 'LD_LIBRARY_PATH'];

const OURS = { PYTHONUTF8: '1', PYTHONDONTWRITEBYTECODE: '1' };

/** The environment of every Python process that runs nothing but Coreloom's own. */
export function pythonEnvironment(): Record<string, string> {
  const kept = KEPT.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return { ...(Object.fromEntries(kept) as Record<string, string>), ...OURS };
}

/**
 * The environment of the user's own code, with where it looks for modules, and without what else changes how Python
 * itself runs.
 */
export function moduleEnvironment(): Record<string, string> {
  const kept = Object.entries(userEnvironment()).filter(([name]) => !name.startsWith('PYTHON') || name === 'PYTHONPATH');
  return { ...Object.fromEntries(kept), ...OURS };
}
