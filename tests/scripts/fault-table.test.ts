import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listedRows, rowsOf, terminalTable, withTable } from '../../scripts/fault-table.mjs';
import { anyInterpreter } from '../engine/python/support/pythons';
import { temporaryFolder } from '../support/folder';
import { ROOT } from '../support/paths';

const report = {
  testResults: [
    {
      assertionResults: [
        { ancestorTitles: ['Disk'], title: 'full → the report goes elsewhere', status: 'failed' },
        { ancestorTitles: ['Disk'], title: 'gone → it is said (not tried here: it needs root)', status: 'skipped' },
        { ancestorTitles: ['Clock'], title: 'set back → nothing changes', status: 'passed' },
      ],
    },
  ],
};

test('the fault table says which rows held, which did not, and which were not tried', () => {
  expect(terminalTable(rowsOf(report))).toBe(
    [
      '',
      'Clock',
      '  held      set back → nothing changes',
      '',
      'Disk',
      '  BROKEN    full → the report goes elsewhere',
      '  not tried gone → it is said (it needs root)',
    ].join('\n'),
  );
});

const NO_PYTHON = (await anyInterpreter()) === null;
if (NO_PYTHON)
  console.log('That docs/reliability.md tells of every row is not tested: without a CPython some rows have no name.');

test.skipIf(NO_PYTHON)('docs/reliability.md tells of every row (`npm run faults -- --write` renews it)', () => {
  const file = join(temporaryFolder(), 'rows.json');
  execFileSync(
    process.execPath,
    [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'list', '--project', 'faults', `--json=${file}`],
    { cwd: ROOT },
  );
  const document = readFileSync(join(ROOT, 'docs/reliability.md'), 'utf8');
  expect(document).toBe(withTable(document, listedRows(JSON.parse(readFileSync(file, 'utf8')) as { name: string }[])));
});
