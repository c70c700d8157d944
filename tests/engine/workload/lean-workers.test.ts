import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ENTRIES } from '../../support/paths';

/** Loads a built file in a fresh process that counts the formats of numbers and dates that are made; answers how many. */
function formatsMadeBy(file: string): number {
  const script = `
    let made = 0;
    for (const name of ['NumberFormat', 'DateTimeFormat', 'Segmenter', 'PluralRules']) {
      const Format = Intl[name];
      Intl[name] = class extends Format { constructor(...options) { super(...options); made += 1; } };
    }
    await import(${JSON.stringify(pathToFileURL(file).href)});
    process.stdout.write(String(made));`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' }));
}

describe('a worker', () => {
  it.each(['tasks', 'moduleTasks'] as const)('makes no formats, which only sentences need, when it loads %s: start-up is charged with what tasks need', (entry) => {
    expect(formatsMadeBy(ENTRIES[entry])).toBe(0);
  });
});
