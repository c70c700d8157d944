import { expect, test } from 'vitest';
import { rowsOf, terminalTable } from '../../scripts/fault-table.mjs';

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
    ['', 'Clock', '  held      set back → nothing changes', '', 'Disk', '  BROKEN    full → the report goes elsewhere', '  not tried gone → it is said (it needs root)'].join('\n'),
  );
});
