import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COLOURED, EXECUTORS } from '../../src/contract';
import { ROOT } from '../support/paths';

/** Where an executor's name may stand, and why; a path that ends in a slash is a folder. */
const ALLOWED: Readonly<Record<string, string>> = {
  'src/contract/executors.ts': 'the table',
  'src/contract/schemas/lab.ts': 'a break-even of the lab ipc is held against Python’s threads',
  'src/engine/assemble.ts': 'starts the baseline of modules',
  'src/engine/node-pools.ts': 'starts the baseline',
  'src/engine/pool/index.ts': 'starts Node’s threads and processes',
  'src/engine/kinds/lab/': 'each case of a lab is a program for one executor',
  'src/engine/kinds/scorecard/': 'the claims are of threads and of processes',
  'src/engine/system/room.ts': 'the system’s limits of threads and processes, which are no executors',
  'src/cli/commands/run.ts': 'an example in the help',
  'src/cli/commands/scale.ts': 'an example in the help',
};

const NAMES = [...EXECUTORS, 'python-sequential'].join('|');
/** A whole literal, a name of Python's within another text, a colour of a style sheet. */
const NAMED = new RegExp(
  `(['"\`])(?:${NAMES})\\1|\\bpython-(?:threads|processes|interpreters|sequential)\\b|var\\(--(?:${NAMES})(?:-ink)?\\)`,
);
const comment = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;
const pythonComment = /"""[\s\S]*?"""|^\s*#.*$/gm;
const allowed = (file: string): boolean =>
  Object.keys(ALLOWED).some((path) => file === path || (path.endsWith('/') && file.startsWith(path)));

const filesIn = (folder: string, ending: RegExp): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter((file) => ending.test(file));
const files = filesIn('src', /\.(?:ts|vue|css)$/);
/** Python is told what a worker is (`each` in the table), and compares no names. */
const pythonFiles = filesIn('resources/python', /\.py$/);
const PYTHON_NAMED = /\bpython-(?:threads|processes|interpreters|sequential)\b/;
const names = (named: RegExp, comments: RegExp) => (file: string) =>
  named.test(readFileSync(join(ROOT, file), 'utf8').replace(comments, ''));
const naming = [...files.filter(names(NAMED, comment)), ...pythonFiles.filter(names(PYTHON_NAMED, pythonComment))];

describe('the name of an executor', () => {
  it('stands in the table, with what starts it, and in code that is of one executor alone', () => {
    expect(files.length).toBeGreaterThan(300);
    expect(pythonFiles.length).toBeGreaterThan(30);
    expect(naming.filter((file) => !allowed(file))).toEqual([]);
  });

  it('is allowed in no more files than it stands in', () => {
    for (const path of Object.keys(ALLOWED))
      expect(
        naming.filter((file) => file.startsWith(path)),
        path,
      ).not.toEqual([]);
  });

  it('has a colour where it is one of an executor', () => {
    expect(COLOURED).toEqual(expect.arrayContaining([...EXECUTORS]));
  });
});
