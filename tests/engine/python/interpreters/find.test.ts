import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { candidates, type Surroundings } from '../../../../src/engine/python/interpreters/candidates';
import { findInterpreters } from '../../../../src/engine/python/interpreters/find';
import { probe } from '../../../../src/engine/python/interpreters/probe';
import { anyInterpreter, HOST_FOLDER } from '../support/pythons';

const posix = process.platform !== 'win32';
if (!posix)
  console.log('Tests with made-up interpreters are skipped: they are shell scripts, which this system does not run.');
const real = await anyInterpreter();

describe.skipIf(!posix)('finding interpreters', () => {
  let home: string;
  let at: Surroundings;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'coreloom-find-'));
    at = { platform: 'linux', environment: { PATH: join(home, 'bin') }, home };
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(home, { recursive: true, force: true });
  });

  /** A made-up Python: a shell script. */
  function script(path: string, text: string): string {
    const file = join(home, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, `#!/bin/sh\n${text}\n`);
    chmodSync(file, 0o755);
    return file;
  }
  const reasonOf = async (command: string[], limitMs = 20_000): Promise<string> => {
    const probed = await probe({ command, source: 'given' }, { hostFolder: HOST_FOLDER, limitMs });
    return probed.ok ? 'it works' : probed.reason;
  };
  const mine = (): string[] =>
    candidates(at).flatMap(({ command, source }) =>
      command[0]?.startsWith(home) === true ? [`${command[0].slice(home.length + 1)}: ${source}`] : [],
    );

  it('looks first at the virtual environment, then at the PATH, then at what is installed, newest first', () => {
    script('venv/bin/python', '');
    writeFileSync(join(home, 'venv/pyvenv.cfg'), '');
    script('bin/python3', '');
    script('bin/python3.9', '');
    script('bin/python3.12', '');
    script('.pyenv/versions/3.9.18/bin/python', '');
    script('.pyenv/versions/3.10.1/bin/python', '');
    at.environment.VIRTUAL_ENV = join(home, 'venv');
    expect(mine()).toEqual([
      'venv/bin/python: the active virtual environment',
      'bin/python3: python3 on the PATH',
      'bin/python3.12: python3.12 on the PATH',
      'bin/python3.9: python3.9 on the PATH',
      '.pyenv/versions/3.10.1/bin/python: pyenv',
      '.pyenv/versions/3.9.18/bin/python: pyenv',
    ]);
  });

  it('thinks of a file once, however many names it has', () => {
    const file = script('real/python3.11', '');
    mkdirSync(join(home, 'bin'));
    for (const name of ['python3', 'python', 'python3.11']) symlinkSync(file, join(home, 'bin', name));
    at.environment.PATH = [join(home, 'bin'), join(home, 'real')].join(delimiter);
    expect(mine()).toEqual(['bin/python3: python3 on the PATH']);
  });

  it('asks no shim of pyenv but those of python3 and python', () => {
    for (const name of ['python3', 'python', 'python3.12', 'python3.8']) script(`.pyenv/shims/${name}`, `# ${name}`);
    at.environment.PATH = join(home, '.pyenv/shims');
    expect(mine()).toEqual(['.pyenv/shims/python3: python3 on the PATH', '.pyenv/shims/python: python on the PATH']);
  });

  it('asks each as it is found at the prompt: by the variables of version managers, and with its own library', async () => {
    for (const [name, value] of Object.entries({
      PYENV_VERSION: '3.12.1',
      PYTHONHOME: '/there',
      PYTHONSTARTUP: '/mine.py',
    }))
      vi.stubEnv(name, value);
    const shim = script(
      'bin/python3',
      'echo "coreloom-probe {\\"version\\": \\"$PYENV_VERSION\\", \\"implementation\\": \\"CPython\\", \\"build\\": \\"$PYTHONHOME-$PYTHONSTARTUP\\"}"',
    );
    expect(await probe({ command: [shim], source: 'given' }, { hostFolder: HOST_FOLDER })).toMatchObject({
      ok: true,
      interpreter: { version: '3.12.1', build: '/there-' },
    });
  });

  it('asks the launcher on Windows', () => {
    script('bin/py.exe', '');
    at.platform = 'win32';
    expect(candidates(at).filter(({ command }) => command.includes('-3'))).toEqual([
      { command: [join(home, 'bin', 'py.exe'), '-3'], source: 'the launcher py -3' },
    ]);
  });

  it('says of each that cannot be used why, in one sentence', async () => {
    const facts = (text: string): string => `echo 'coreloom-probe ${text}'`;
    expect(await reasonOf([join(home, 'nothing')])).toMatch(
      /nothing cannot be started \(.*ENOENT\); give the path of a Python of version 3\.8 or newer\.$/,
    );
    expect(await reasonOf([home])).toMatch(/cannot be started \(.*EACCES\)/);
    expect(await reasonOf([script('stub', 'echo "Python was not found" >&2; exit 49')])).toMatch(
      /stub does not behave like Python \(its last line was "Python was not found"; it ended with exit code 49\); give the path of a Python of version 3\.8 or newer\.$/,
    );
    expect(await reasonOf([script('Microsoft/WindowsApps/python', 'exit 1')])).toMatch(
      /only offers to install Python from the Microsoft Store/,
    );
    expect(await reasonOf([script('silent', 'exit 0')])).toMatch(
      /silent does not behave like Python \(it ended with exit code 0\); give/,
    );
    expect(await reasonOf([script('old', facts('{"version": "2.7.18", "implementation": "CPython"}'))])).toMatch(
      /old is Python 2\.7\.18; Coreloom needs 3\.8 or newer\.$/,
    );
    expect(await reasonOf([script('pypy', facts('{"version": "3.10.1", "implementation": "PyPy"}'))])).toMatch(
      /pypy is PyPy; Coreloom measures CPython\.$/,
    );
    expect(
      await reasonOf([
        script(
          'half',
          facts('{"version": "3.12.1", "implementation": "CPython", "missing": "ImportError: no _socket"}'),
        ),
      ]),
    ).toMatch(
      /half is Python 3\.12\.1 with a broken standard library \(ImportError: no _socket\); install it again\.$/,
    );
    expect(await reasonOf([script('broken', 'echo coreloom-probe {')])).toMatch(/does not behave like Python/);
  });

  it('does not wait for one that hangs, and leaves nothing of it running', async () => {
    const hanging = script('hanging', 'sleep 1000 & echo $! > "$0.pid"; sleep 1000');
    expect(await reasonOf([hanging], 500)).toMatch(/did not answer within 500 ms; it hangs when it starts\.$/);
  });

  it('passes over what a site’s own start-up code prints', async () => {
    const facts = {
      version: '3.12.1',
      implementation: 'CPython',
      executable: '/opt/p',
      realPath: '/opt/p',
      build: 'b',
      startMethods: ['spawn', 'other'],
    };
    const probed = await probe(
      {
        command: [
          script('noisy', `echo hello; printf 'x'; echo; echo 'coreloom-probe ${JSON.stringify(facts)}'; echo bye`),
        ],
        source: 'pyenv',
      },
      { hostFolder: HOST_FOLDER },
    );
    expect(probed).toMatchObject({
      ok: true,
      interpreter: {
        command: ['/opt/p'],
        version: '3.12.1',
        lockOn: true,
        freeThreaded: false,
        interpreters: false,
        startMethods: ['spawn'],
        semaphores: false,
        source: 'pyenv',
      },
    });
  });

  it.skipIf(real === null)('keeps one of several names of the same interpreter, the given one first', async () => {
    const { command, executable } = real!;
    const program = command[0] ?? '';
    at.environment.PATH = '';
    script('bin/python3', `exec ${program} "$@"`);
    at.environment.PATH = join(home, 'bin');
    const found = await findInterpreters({ hostFolder: HOST_FOLDER, explicit: program, surroundings: at });
    expect(found.interpreters[0]).toMatchObject({ executable, source: 'given' });
    expect(new Set(found.interpreters.map((one) => one.executable)).size).toBe(found.interpreters.length);
  });

  it.skipIf(real === null)('stops at the first that works where one is enough', async () => {
    const found = await findInterpreters({ hostFolder: HOST_FOLDER, explicit: join(home, 'nothing'), first: true });
    expect(found.interpreters).toHaveLength(1);
    expect(found.rejected[0]).toMatchObject({ source: 'given' });
  });
});
