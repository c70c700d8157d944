// Writes resources/report.schema.json from the schema that the engine reads reports with.
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

const root = resolve(import.meta.dirname, '..');
const target = resolve(root, 'resources/report.schema.json');

const { module } = await runnerImport(resolve(root, 'src/engine/reports/any-kind.ts'), {
  root,
  configFile: false,
  logLevel: 'error',
});
await writeFile(target, module.reportJsonSchema());
console.log(`wrote ${target}`);
