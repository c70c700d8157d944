import { shallowRef, type ShallowRef } from 'vue';
import { EXECUTORS, type AppSettings, type ExecutorName } from '../../../contract';

const COLOURS = ['bg', 'panel', 'raised', 'well', 'line', 'edge', 'ink', 'dim', 'faint'] as const;
const SIGNS = ['bad', 'plain', 'other', 'other-edge'] as const;

/** What a canvas needs of the style sheet: the tokens, resolved. */
export interface Theme extends Record<(typeof COLOURS)[number] | (typeof SIGNS)[number], string> {
  executors: Record<ExecutorName, string>;
  sans: string;
  mono: string;
  /** Opacity (0 to 1) of pale fills, which a line in the full colour bounds, and of marks such as blocks. */
  fill: number;
  mark: number;
  /** CSS px of one rem: text in a canvas grows with the page. */
  remPx: number;
}

/** Custom properties are read as they are written, so an element resolves them. */
function readColours<Name extends string>(names: readonly Name[]): Record<Name, string> {
  const probe = document.body.appendChild(document.createElement('i'));
  const resolved = names.map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, getComputedStyle(probe).color];
  });
  probe.remove();
  return Object.fromEntries(resolved) as Record<Name, string>;
}

function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    ...readColours([...COLOURS, ...SIGNS]),
    executors: readColours(EXECUTORS),
    sans: token('sans'),
    mono: token('mono'),
    fill: parseFloat(token('fill')) / 100,
    mark: parseFloat(token('mark')) / 100,
    remPx: parseFloat(style.fontSize) || 14,
  };
}

let shared: ShallowRef<Theme> | undefined;

function refresh(): void {
  if (!shared) return;
  const next = readTheme();
  if (JSON.stringify(next) !== JSON.stringify(shared.value)) shared.value = next;
}

/** Makes the colours those of a theme, or the system's. */
export function chooseTheme(theme: AppSettings['theme']): void {
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset['theme'];
  else dataset['theme'] = theme;
  refresh();
}

/** The theme in force, read again when the system changes its colours or the window changes its text size. */
export function useTheme(): ShallowRef<Theme> {
  if (shared) return shared;
  const theme = shallowRef(readTheme());
  for (const query of ['(prefers-color-scheme: light)', '(prefers-contrast: more)', '(forced-colors: active)'])
    matchMedia(query).addEventListener('change', refresh);
  addEventListener('resize', refresh);
  // Canvases write in the system's font until the page's own is there: then all is drawn again.
  void document.fonts.ready.then(() => (theme.value = readTheme()));
  shared = theme;
  return theme;
}

/** Whether the system asks for less motion; asked each time. */
export function reducedMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
