/**
 * Makes every fault of the fault table (tests/faults/) happen and prints what was promised for each and whether it held:
 * `npm run faults`. With `-- --write` the table in docs/reliability.md is renewed too. Ends with 1 if a promise is broken.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { rowsOf, terminalTable, withTable } from './fault-table.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const DOCUMENT = join(ROOT, 'docs/reliability.md');
const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });

const folder = mkdtempSync(join(tmpdir(), 'coreloom-faults-'));
const results = join(folder, 'results.json');
const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', '--project', 'faults', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`],
  { cwd: ROOT, stdio: 'inherit' },
);
const rows = rowsOf(JSON.parse(readFileSync(results, 'utf8')));
rmSync(folder, { recursive: true, force: true });

const broken = rows.filter(({ held, notHere }) => !held && notHere === null).length;
const untried = rows.filter(({ notHere }) => notHere !== null).length;
console.log(terminalTable(rows));
console.log(
  `\n${rows.length} faults: ${rows.length - broken - untried} held, ${broken} broken, ${untried} not tried on this machine`,
);
if (values.write) writeFileSync(DOCUMENT, withTable(readFileSync(DOCUMENT, 'utf8'), rows));
process.exitCode = status === 0 && broken === 0 ? 0 : 1;
