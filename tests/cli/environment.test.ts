import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { anyInterpreter } from '../engine/python/support/pythons';
import { temporaryFolder } from '../support/folder';
import { coreloom } from './coreloom';

const interpreter = await anyInterpreter();

/** The user's environment, with what is not for the user's code. */
const ENV = {
  DATABASE_URL: 'db://here',
  PYTHONPATH: '/somewhere',
  NODE_OPTIONS: '--no-warnings',
  CORELOOM_CHROMIUM: '/nowhere',
};
const NAMES = [...Object.keys(ENV), 'CORELOOM_HOME', 'NODE_CHANNEL_FD'];
const SEEN = JSON.stringify(['db://here', '/somewhere', null, null, null, null]);

const JAVASCRIPT = `const seen = () => JSON.stringify(${JSON.stringify(NAMES)}.map((name) => process.env[name] ?? null));
export const inputs = () => [seen()];
export const task = (input) => { console.log('inspected', input, 'ran', seen()); };
`;
const PYTHON = `import json, os
def seen():
    return json.dumps([os.environ.get(name) for name in ${JSON.stringify(NAMES)}], separators=(",", ":"))
def inputs(seed, size):
    return [seen()]
def task(input):
    print("inspected", input, "ran", seen())
`;

it.each([
  { file: 'task.mjs', source: JAVASCRIPT, args: ['--threads', '1', '--processes', '1'] },
  ...(interpreter === null
    ? []
    : [{ file: 'task.py', source: PYTHON, args: ['--python-threads', '1', '--python-processes', '1'] }]),
])(
  '$file sees the environment of the shell less what is for Coreloom, as it is looked at and in each executor',
  async ({ file, source, args }) => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, file), source);
    const { code, out, err } = await coreloom(['run', file, ...args, '--tasks', '4'], { cwd, env: ENV }).ended;
    expect(code, err).toBe(0);
    const said = `${out}${err}`.split('\n').filter((line) => line.includes('inspected'));
    expect(said).toHaveLength(4);
    for (const line of said) expect(line).toContain(`inspected ${SEEN} ran ${SEEN}`);
  },
);
