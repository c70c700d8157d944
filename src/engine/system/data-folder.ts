import { homedir, userInfo } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { CoreloomError } from '../../contract';

/**
 * The folder that Coreloom keeps its data in: `CORELOOM_HOME`, or else what the system has for users' data; never the current
 * folder because `HOME` or the like is no whole path. Errors: `not-writable` where there is none.
 */
export function dataFolder(env: NodeJS.ProcessEnv = process.env, home?: string): string {
  const wanted = env['CORELOOM_HOME'];
  if (wanted) return resolve(wanted);
  const whole = (name: string): string | null => (isAbsolute(env[name] ?? '') ? (env[name] ?? null) : null);
  if (process.platform === 'darwin') return join(homeFolder(home), 'Library', 'Application Support', 'coreloom');
  if (process.platform === 'win32')
    return join(whole('LOCALAPPDATA') ?? join(homeFolder(home), 'AppData', 'Local'), 'coreloom', 'Data');
  return join(whole('XDG_DATA_HOME') ?? join(homeFolder(home), '.local', 'share'), 'coreloom');
}

/** This user's own folder: as the environment says, and where that names none (`HOME` empty or no whole path) as the system knows it. */
export function homeFolder(said = homedir()): string {
  if (isAbsolute(said)) return said;
  const known = knownHome();
  if (isAbsolute(known)) return known;
  throw new CoreloomError(
    'not-writable',
    `HOME is "${said}", which is not an absolute path, and the system reports no home folder for this user: set HOME or CORELOOM_HOME.`,
  );
}

function knownHome(): string {
  try {
    return userInfo().homedir;
  } catch {
    return '';
  }
}
