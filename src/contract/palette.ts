import { EXECUTORS, executorFacts, LANGUAGES, languageFacts, type Tones } from './executors';

/** What a page may look like. */
export type Appearance = 'dark' | 'light';

/** Colours of what is no executor, for the screen and for reports alike. */
const SIGNS = {
  /** What is to be looked at first. */
  accent: { dark: { fill: '#56b4e9', ink: '#56b4e9' }, light: { fill: '#1f7fbf', ink: '#0f6aa6' } },
  good: { dark: { fill: '#2fb68a', ink: '#2fb68a' }, light: { fill: '#1a8a63', ink: '#12704f' } },
  warn: { dark: { fill: '#e69f00', ink: '#e6b450' }, light: { fill: '#c27c00', ink: '#805300' } },
  bad: { dark: { fill: '#e5645a', ink: '#ff9c93' }, light: { fill: '#c0392f', ink: '#a82a20' } },
  /** A pattern that is of no executor. */
  plain: { dark: { fill: '#9aa7b3', ink: '#9aa7b3' }, light: { fill: '#6b7886', ink: '#596673' } },
  /** Whatever else has a core. */
  other: { dark: { fill: '#3a4651', ink: '#93a1ae' }, light: { fill: '#a9b4be', ink: '#4a5763' } },
} as const satisfies Record<string, Record<Appearance, Tones>>;

/** Contenders that are no executor: a paler tone of the executor that starts them. */
const BASELINES = LANGUAGES.map((language) => languageFacts(language)).filter(
  ({ baseline, startedBy }) => baseline !== startedBy,
);

/** Everything that has a colour of its own, as a CSS custom property `--NAME`: executors, contenders and signs. */
export const COLOURED: readonly string[] = [
  ...EXECUTORS,
  ...BASELINES.map(({ baseline }) => baseline),
  ...Object.keys(SIGNS),
];

/** Colours as CSS declarations: `--threads` for surfaces, `--threads-ink` for text. */
export function palette(appearance: Appearance): string {
  const own = [
    ...EXECUTORS.map((name) => [name, executorFacts(name)[appearance]] as const),
    ...Object.entries(SIGNS).map(([name, sign]) => [name, sign[appearance]] as const),
  ];
  const { startedBy: grey } = languageFacts('node');
  return [
    ...own.flatMap(([name, { fill, ink }]) => [`--${name}:${fill}`, `--${name}-ink:${ink}`]),
    ...BASELINES.map(
      ({ baseline, startedBy }) => `--${baseline}:color-mix(in srgb,var(--${startedBy}) 55%,var(--${grey}))`,
    ),
  ].join(';');
}

/** The style sheet that gives a page these colours: dark ones, and light ones where the system asks for them. */
export function paletteSheet(): string {
  return `:root{${palette('dark')}}\n@media (prefers-color-scheme:light){:root{${palette('light')}}}\n`;
}
