import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../support/folder';
import { THREADS } from '../support/pools';
import { holdScenarios } from './hold';

holdScenarios(THREADS);

test('a thread that is no longer wanted while it loads its files is let load them: Node leaks the open ones of a thread that is terminated then', async () => {
  const folder = temporaryFolder();
  const loaded = join(folder, 'loaded');
  const tasks = join(folder, 'tasks.mjs');
  writeFileSync(
    tasks,
    `import { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(loaded)}, '');\nexport const run = () => 0;\n`,
  );
  const pool = THREADS.create({ tasks });
  pool.resize(1);
  await pool.close();
  expect(existsSync(loaded)).toBe(true);
});
