import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COLOURED, EXECUTORS, palette, type Appearance } from '../../../src/contract';
import { renderText } from '../../../src/engine/reports/any-kind';
import { makeReport } from '../../fixtures/report';
import { ROOT } from '../../support/paths';

const css = readFileSync(join(ROOT, 'src/renderer/src/theme/tokens.css'), 'utf8');
const [usualCss = '', contrastCss = ''] = css.split('@media (prefers-contrast: more)');
const page = renderText(makeReport(), 'html').content;

/** The style sheets of the page that was built. */
function builtSheet(): string {
  const folder = join(ROOT, 'out/renderer/assets');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.css'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

function tokens(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/--([\w-]+): ?(#[0-9a-f]{6})[;}]/g)].map((match) => [match[1] ?? '', match[2] ?? '']),
  );
}

/** The tokens of the window in one of its themes. */
function themeTokens(text: string, appearance: Appearance): Record<string, string> {
  return tokens(text.replace(/light-dark\((#\w+), ?(#\w+)\)/g, appearance === 'light' ? '$1' : '$2'));
}

/** The colours that the page of a report has, by the part of its style sheet. */
function reportTokens(appearance: Appearance): Record<string, string> {
  const [light = '', dark = ''] = page.split('prefers-color-scheme:dark');
  return tokens(`${appearance === 'light' ? light : dark};`);
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

const signs = ['accent', 'good', 'warn', 'bad', 'plain'];

describe.each([
  ['dark', 'usual contrast', usualCss],
  ['light', 'usual contrast', usualCss],
  ['dark', 'more contrast', `${usualCss}${contrastCss}`],
  ['light', 'more contrast', `${usualCss}${contrastCss}`],
] as const)('the %s theme with %s', (appearance, _contrast, sheet) => {
  const theme = { ...themeTokens(sheet, appearance), ...tokens(`${palette(appearance)};`) };
  const texts = ['ink', 'dim', 'faint', ...[...EXECUTORS, ...signs].map((name) => `${name}-ink`)];

  test.each(texts)('has enough contrast for text in %s', (name) => {
    expect(contrast(theme[name], theme['panel'])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(theme[name], theme['raised'])).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['ink', 'dim', 'faint', 'bad'])('has enough contrast for %s on every surface', (name) => {
    for (const surface of ['bg', 'panel', 'raised', 'well'])
      expect(contrast(theme[name], theme[surface]), surface).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['edge', 'other-edge'])('has enough contrast for lines in %s', (name) => {
    for (const surface of ['panel', 'well'])
      expect(contrast(theme[name], theme[surface]), surface).toBeGreaterThanOrEqual(3);
  });

  test.each([...EXECUTORS, ...signs])('has enough contrast for bars of %s on panels and in wells', (name) => {
    expect(contrast(theme[name], theme['panel'])).toBeGreaterThanOrEqual(3);
    expect(contrast(theme[name], theme['well'])).toBeGreaterThanOrEqual(3);
  });

  test.each([...EXECUTORS, ...signs, 'other'])('is that of reports for %s', (name) => {
    expect(reportTokens(appearance)[name]).toBe(theme[name]);
  });
});

describe('the colours', () => {
  test('of executors are said in no style sheet', () => {
    expect(Object.keys(tokens(css)).filter((name) => COLOURED.includes(name.replace(/-ink$/, '')))).toEqual([]);
  });

  test('are in the page that was built', () => {
    const [light, dark] = (['light', 'dark'] as const).map(
      (appearance) => tokens(palette(appearance))['threads'] ?? '',
    );
    expect(builtSheet().replaceAll(', ', ',')).toContain(`--threads:light-dark(${light},${dark})`);
    for (const name of COLOURED) expect(builtSheet()).toMatch(new RegExp(`--${name}:`));
  });

  test('of everything that has one are classes of a report’s page', () => {
    for (const name of COLOURED) expect(page).toContain(`.${name}{--c:var(--${name})}`);
  });
});
