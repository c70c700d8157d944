// Prints every situation that findings are held to, with its sentences, for a person to read. With a word: those whose name holds it.
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

const root = resolve(import.meta.dirname, '..');
const only = process.argv[2] ?? '';

// A pager may be closed before the end.
process.stdout.on('error', () => process.exit());

const { module } = await runnerImport(resolve(root, 'tests/findings/printed.ts'), {
  root,
  configFile: false,
  logLevel: 'error',
});
for (const { name, text } of module.printed()) if (name.includes(only)) console.log(`${name}\n    ${text}\n`);
