import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXECUTORS } from '../../../src/contract';
import { ROOT } from '../../support/paths';

const css = readFileSync(join(ROOT, 'src/renderer/src/theme/tokens.css'), 'utf8');
const [darkCss = '', lightCss = ''] = css.split('@media');

function tokens(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1] ?? '', match[2] ?? '']),
  );
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a = '#000000', b = '#000000'): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

describe.each([
  ['dark', tokens(darkCss)],
  ['light', { ...tokens(darkCss), ...tokens(lightCss) }],
])('the %s theme', (_, theme) => {
  const texts = ['ink', 'dim', 'faint', 'bad-ink', 'warn-ink', ...EXECUTORS.map((name) => `${name}-ink`)];

  test.each(texts)('has enough contrast for text in %s', (name) => {
    expect(contrast(theme[name], theme['panel'])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(theme[name], theme['raised'])).toBeGreaterThanOrEqual(4.5);
  });

  test.each([...EXECUTORS])('has enough contrast for bars of %s', (name) => {
    expect(contrast(theme[name], theme['panel'])).toBeGreaterThanOrEqual(3);
  });
});
