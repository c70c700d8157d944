import { shallowRef, type ShallowRef } from 'vue';
import { EXECUTORS, type ExecutorName } from '../../../contract';

/** What a canvas needs of the style sheet: the tokens, resolved. */
export interface Theme {
  panel: string;
  well: string;
  line: string;
  edge: string;
  ink: string;
  dim: string;
  faint: string;
  bad: string;
  plain: string;
  other: string;
  executors: Record<ExecutorName, string>;
  mono: string;
  /** CSS px of one rem: text in a canvas grows with the page. */
  remPx: number;
}

function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const executors = Object.fromEntries(EXECUTORS.map((name) => [name, token(name)])) as Record<ExecutorName, string>;
  const names = ['panel', 'well', 'line', 'edge', 'ink', 'dim', 'faint', 'bad', 'plain', 'other', 'mono'] as const;
  const tokens = Object.fromEntries(names.map((name) => [name, token(name)])) as Record<(typeof names)[number], string>;
  return { ...tokens, executors, remPx: parseFloat(style.fontSize) || 13 };
}

let shared: ShallowRef<Theme> | undefined;

/** The theme in force, read again when the system changes its colours or the window changes its text size. */
export function useTheme(): ShallowRef<Theme> {
  if (shared) return shared;
  const theme = shallowRef(readTheme());
  const refresh = (): void => {
    const next = readTheme();
    if (JSON.stringify(next) !== JSON.stringify(theme.value)) theme.value = next;
  };
  for (const query of ['(prefers-color-scheme: light)', '(forced-colors: active)'])
    matchMedia(query).addEventListener('change', refresh);
  addEventListener('resize', refresh);
  shared = theme;
  return theme;
}

/** Whether the system asks for less motion; asked each time. */
export function reducedMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
