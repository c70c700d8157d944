import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportJsonSchema } from '../../../src/engine/report/json-schema';
import { makeReport } from '../../fixtures/report';
import { ROOT } from '../../support/paths';

describe('the JSON Schema that is shipped', () => {
  it('is current: `npm run schema` writes it anew', async () => {
    const shipped = await readFile(resolve(ROOT, 'resources/report.schema.json'), 'utf8');
    expect(shipped.replaceAll('\r\n', '\n')).toBe(reportJsonSchema());
  });

  it('requires every field of a report and allows no other', () => {
    const schema = JSON.parse(reportJsonSchema()) as { required: string[]; additionalProperties: boolean };
    expect(schema.required.sort()).toEqual(Object.keys(makeReport()).sort());
    expect(schema.additionalProperties).toBe(false);
  });
});
