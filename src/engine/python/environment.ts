/** Variables that Python needs from this process's environment; everything else, PYTHON… first of all, stays behind. */
const KEPT = ['PATH', 'HOME', 'USERPROFILE', 'TMPDIR', 'TMP', 'TEMP', 'SystemRoot', 'SYSTEMROOT', 'LOCALAPPDATA', 'PATHEXT', 'LANG', 'LC_ALL', 'TZ', 'LD_LIBRARY_PATH'];

/** The environment of every Python process. */
export function pythonEnvironment(): Record<string, string> {
  const kept = KEPT.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return { ...(Object.fromEntries(kept) as Record<string, string>), PYTHONUTF8: '1', PYTHONDONTWRITEBYTECODE: '1' };
}
