import { homedir, userInfo } from 'node:os';
import { isAbsolute } from 'node:path';
import { CoreloomError } from '../../contract';

/** This user's own folder: as the environment says, and where that names none (`HOME` empty or no whole path) as the system knows it. */
export function homeFolder(said = homedir()): string {
  if (isAbsolute(said)) return said;
  const known = knownHome();
  if (isAbsolute(known)) return known;
  throw new CoreloomError(
    'not-writable',
    `HOME is "${said}", which is no whole path, and the system knows no folder of this user: set HOME, or CORELOOM_HOME.`,
  );
}

function knownHome(): string {
  try {
    return userInfo().homedir;
  } catch {
    return '';
  }
}
