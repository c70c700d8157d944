import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { house, least, named } from '../../scripts/counts.mjs';
import { ROOT } from '../support/paths';

const page = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');
const counted = named();

describe('docs/architecture.md', () => {
  it.each(Object.keys(counted))('promises for %s no fewer files than name it', (sort) => {
    const row = page.split('\n').find((line) => line.startsWith(`| ${sort} |`)) ?? '';
    const promised = Number(/\| (\d+) \|$/.exec(row)?.[1]);
    const examples = counted[sort] ?? {};
    const files = Object.values(examples).sort((a, b) => a.length - b.length)[0];
    expect(files?.length, 'an example that no file names is misspelt').toBeGreaterThan(0);
    expect(least(examples), files?.join(', ')).toBeLessThanOrEqual(promised);
  });

  it('begins with five files that are there', () => {
    const five = [...page.matchAll(/^\d\. `(src\/[^`]+)`: \S/gm)].map(([, file]) => file ?? '');
    expect(five).toHaveLength(5);
    for (const file of five) expect(readFileSync(join(ROOT, file), 'utf8')).not.toBe('');
  });
});

it('hosts import the engine by its doors alone', () => {
  expect(house()['imports of hosts past the doors of the engine']).toBe(0);
});
