import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { promisedRows, rowsOf, terminalTable, withTable } from '../../scripts/fault-table.mjs';
import { anyInterpreter } from '../engine/python/support/pythons';
import type { Fault } from '../faults/fault';
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

const promised = vi.hoisted((): Fault[] => []);
// The files of the table name their rows, of which none is run here.
vi.mock('../faults/fault', async (original) => ({
  ...(await original<object>()),
  fault: (row: Fault) => promised.push(row),
}));

const NO_PYTHON = (await anyInterpreter()) === null;
if (NO_PYTHON)
  console.log('That docs/reliability.md tells of every row is not tested: without a CPython some rows have no name.');
else for (const load of Object.values(import.meta.glob('../faults/*.test.ts'))) await load();

test.skipIf(NO_PYTHON)('docs/reliability.md tells of every row (`npm run faults -- --write` renews it)', () => {
  expect(promised.length).toBeGreaterThan(100);
  const document = readFileSync(join(ROOT, 'docs/reliability.md'), 'utf8');
  expect(document).toBe(withTable(document, promisedRows(promised)));
});
