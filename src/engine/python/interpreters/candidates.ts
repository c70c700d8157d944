import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { homeFolder } from '../../system/data-folder';

/** Something that may be a Python: what starts it, and how it came to be thought of. */
export interface Candidate {
  command: string[];
  source: string;
}

/** What is looked at; injected in tests. */
export interface Surroundings {
  platform: NodeJS.Platform;
  environment: Record<string, string | undefined>;
  home: string;
}

export function thisMachine(): Surroundings {
  return { platform: process.platform, environment: process.env, home: homeFolder() };
}

/** What the user gets by typing `python3`. */
export const TYPED = 'python3 on the PATH';

/** Variables by which the user says which Python that is. */
const CHOICES = ['PYENV_VERSION', 'ASDF_PYTHON_VERSION', 'MISE_PYTHON_VERSION', 'RTX_PYTHON_VERSION'];

/** What the user says of the Python behind `python3`, as `PYENV_VERSION=3.12.1`; null where nothing. */
export function choiceIn(environment: Record<string, string | undefined>): string | null {
  const name = CHOICES.find((one) => (environment[one] ?? '') !== '');
  return name === undefined ? null : `${name}=${environment[name] ?? ''}`;
}

/** Names with a version on the PATH, newest first. */
const MINORS = [15, 14, 13, 12, 11, 10, 9, 8];

/**
 * Everything that may be a Python here, what the user would get by typing `python3` before what is merely installed;
 * each real file once. `explicit` comes first.
 */
export function candidates(at: Surroundings, explicit?: string): Candidate[] {
  const found = [
    ...(explicit === undefined ? [] : [{ command: [explicit], source: 'given' }]),
    ...virtualEnvironment(at),
    ...onPath(at),
    ...pyenv(at),
    ...folders(at),
  ];
  const seen = new Set<string>();
  return found.filter(({ command, source }) => {
    const key = [realPath(command[0] ?? ''), ...command.slice(1)].join('\0');
    // A virtual environment's executable is a link, and is not the same as what it points to.
    if (seen.has(key) && source !== 'given') return false;
    seen.add(key);
    return true;
  });
}

function virtualEnvironment({ environment, platform }: Surroundings): Candidate[] {
  return ['VIRTUAL_ENV', 'CONDA_PREFIX'].flatMap((name) => {
    const folder = environment[name];
    if (folder === undefined || folder === '') return [];
    const inside =
      platform === 'win32' ? (name === 'VIRTUAL_ENV' ? 'Scripts\\python.exe' : 'python.exe') : 'bin/python';
    return present([join(folder, inside)], 'the active virtual environment');
  });
}

function onPath({ environment, platform }: Surroundings): Candidate[] {
  const folders = (environment.PATH ?? environment.Path ?? '').split(delimiter).filter((folder) => folder !== '');
  const exe = platform === 'win32' ? '.exe' : '';
  const first = (name: string, from = folders): Candidate[] => {
    const folder = from.find((candidate) => existsSync(join(candidate, name + exe)));
    return folder === undefined ? [] : [{ command: [join(folder, name + exe)], source: `${name} on the PATH` }];
  };
  // pyenv's shims for versions that are not chosen only say so.
  const real = folders.filter((folder) => !/[\\/]shims$/.test(folder));
  const launcher = first('py').map(({ command }) => ({ command: [...command, '-3'], source: 'the launcher py -3' }));
  return [
    ...first('python3'),
    ...first('python'),
    ...(platform === 'win32' ? launcher : []),
    ...MINORS.flatMap((minor) => [...first(`python3.${minor}`, real), ...first(`python3.${minor}t`, real)]),
  ];
}

function pyenv({ environment, platform, home }: Surroundings): Candidate[] {
  const root =
    environment.PYENV_ROOT ?? (platform === 'win32' ? join(home, '.pyenv', 'pyenv-win') : join(home, '.pyenv'));
  const versions = join(root, 'versions');
  const inside = platform === 'win32' ? 'python.exe' : 'bin/python';
  return present(
    newestFirst(entries(versions)).map((version) => join(versions, version, inside)),
    'pyenv',
  );
}

/** Homebrew's, python.org's, uv's and the systems' usual places. */
function folders({ environment, platform, home }: Surroundings): Candidate[] {
  if (platform === 'win32') {
    const programs = [
      join(environment.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'Programs', 'Python'),
      environment.ProgramFiles ?? 'C:\\Program Files',
      'C:\\',
    ];
    return programs.flatMap((folder) =>
      present(
        newestFirst(entries(folder).filter((name) => /^Python3\d+/.test(name))).map((name) =>
          join(folder, name, 'python.exe'),
        ),
        folder,
      ),
    );
  }
  const named = (folder: string): string[] =>
    newestFirst(entries(folder).filter((name) => /^python3\.\d+t?$/.test(name))).map((name) => join(folder, name));
  const framework = '/Library/Frameworks/Python.framework/Versions';
  const uv = join(environment.XDG_DATA_HOME ?? join(home, '.local', 'share'), 'uv', 'python');
  return [
    ...(platform === 'darwin'
      ? ['/opt/homebrew/bin', '/usr/local/bin'].flatMap((folder) => present(named(folder), 'Homebrew'))
      : []),
    ...(platform === 'darwin'
      ? present(
          newestFirst(entries(framework)).map((version) => join(framework, version, 'bin', 'python3')),
          'python.org',
        )
      : []),
    ...present(
      newestFirst(entries(uv)).map((name) => join(uv, name, 'bin', 'python3')),
      'uv',
    ),
    ...['/usr/bin', '/usr/local/bin', '/opt/python/bin'].flatMap((folder) =>
      present([...named(folder), join(folder, 'python3')], folder),
    ),
  ];
}

function present(files: string[], source: string): Candidate[] {
  return files.filter((file) => existsSync(file)).map((file) => ({ command: [file], source }));
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function newestFirst(names: string[]): string[] {
  return names.toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true }));
}

/** The folder's links are followed, the file's own are not where it is a virtual environment's. */
function realPath(file: string): string {
  try {
    const folder = realpathSync(dirname(file));
    return existsSync(join(folder, '..', 'pyvenv.cfg')) ? join(folder, 'python') : realpathSync(file);
  } catch {
    return file;
  }
}
