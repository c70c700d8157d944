import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { COMMAND_NAMES } from '../../../src/contract';
import { ARGUMENTS } from '../../../src/engine/commands/arguments';
import { KINDS } from '../../../src/engine/kinds';
import { fieldsOf } from '../../support/json-schema';

/** What callers may give, where zod can say it: a check of our own is any value to it. */
const fieldsOfSchema = (schema: z.ZodType) => fieldsOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));

describe('a description', () => {
  it.each(COMMAND_NAMES)('is given of every field of the argument of %s', (name) => {
    expect(fieldsOfSchema(ARGUMENTS[name]).undescribed).toEqual([]);
  });

  it.each(Object.values(KINDS))('is given of every setting of the kind $name', ({ settings }) => {
    const { described, undescribed } = fieldsOfSchema(settings);
    expect(undescribed).toEqual([]);
    expect(described).toBeGreaterThan(3);
  });

  it('is missed where a field has none', () => {
    expect(fieldsOfSchema(z.strictObject({ size: z.number() })).undescribed).toEqual(['#/properties/size']);
  });
});
