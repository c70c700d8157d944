import { readFile, writeFile } from 'node:fs/promises';
import { basename, extname, isAbsolute, join, relative, resolve } from 'node:path';
import { CoreloomError } from '../../contract';
import { EXIT, type Command } from '../command';
import { UsageError } from '../parse';

const ENDINGS = ['.mjs', '.js', '.cjs', '.ts', '.mts', '.py'];
/** What is the same as for another ending. */
const TEMPLATES: Record<string, string> = { '.js': '.mjs', '.mts': '.ts' };

export const newCommand: Command = {
  name: 'new',
  summary: 'create an example module to edit and run with coreloom run',
  argument: { name: 'file', summary: `The file to create; its extension is one of ${ENDINGS.join(', ')}.` },
  options: {},
  notes: ['An existing file is never overwritten.'],
  examples: ['coreloom new task.ts', 'coreloom run ./task.ts --threads 2 --processes 2 --duration 10s'],
  async run(line, { terminal, templatesFolder }) {
    const path = resolve(line.argument ?? '');
    const ending = extname(path).toLowerCase();
    if (!ENDINGS.includes(ending))
      throw new UsageError(`The file name must end in ${ENDINGS.join(', ')}, not "${basename(path)}".`);
    const source = await templateOf(ending, templatesFolder);
    // Every template says how it is run; a name that could end the comment it stands in is left out.
    const named = /^[\w.-]+$/.test(basename(path)) ? source.replace(/\.\/task\.\w+/, `./${basename(path)}`) : source;
    await writeFile(path, named, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      throw refused(error, path);
    });
    const near = relative(process.cwd(), path);
    const shown = near.startsWith('..') || isAbsolute(near) ? path : `./${near}`;
    terminal.out(`Wrote ${path}\nRun it: coreloom run ${shown} --duration 10s\n`);
    return EXIT.done;
  },
};

function templateOf(ending: string, folder: string): Promise<string> {
  return readFile(join(folder, `task${TEMPLATES[ending] ?? ending}`), 'utf8');
}

function refused(error: NodeJS.ErrnoException, path: string): CoreloomError {
  if (error.code === 'EEXIST')
    return new CoreloomError('not-writable', `${path} already exists and was not changed: choose another name.`, error);
  if (error.code === 'ENOENT')
    return new CoreloomError(
      'not-writable',
      `${path} cannot be written because its folder does not exist: create the folder first.`,
      error,
    );
  return new CoreloomError('not-writable', `${path} cannot be written: ${error.message}.`, error);
}
