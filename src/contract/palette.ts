import { EXECUTORS, executorFacts, LANGUAGES, languageFacts, type Tones } from './executors';

/** What a page may look like. */
export type Appearance = 'dark' | 'light';

/** Colours of what is no executor, for the screen and for reports alike. */
const SIGNS = {
  /** What is to be looked at first. */
  accent: { dark: { fill: '#56b4e9', ink: '#56b4e9' }, light: { fill: '#1f7fbf', ink: '#0f6aa6' } },
  good: { dark: { fill: '#58c99a', ink: '#58c99a' }, light: { fill: '#12704f', ink: '#12704f' } },
  warn: { dark: { fill: '#e69f00', ink: '#e6b450' }, light: { fill: '#c27c00', ink: '#805300' } },
  /** Stop, failed and gone: nothing else is red. */
  bad: { dark: { fill: '#f2857a', ink: '#f2857a' }, light: { fill: '#a82a20', ink: '#a82a20' } },
  /** A pattern that is of no executor. */
  plain: { dark: { fill: '#9aa7b3', ink: '#9aa7b3' }, light: { fill: '#6b7886', ink: '#596673' } },
  /** Whatever else has a core; its fill is too quiet to stand alone, so its edge carries the shape. */
  other: { dark: { fill: '#3a4651', ink: '#a5b1bc' }, light: { fill: '#b6c0c9', ink: '#47535e' } },
  'other-edge': { dark: { fill: '#75838f', ink: '#a5b1bc' }, light: { fill: '#7b8894', ink: '#47535e' } },
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

const ownColours = (appearance: Appearance): [string, Tones][] => [
  ...EXECUTORS.map((name): [string, Tones] => [name, executorFacts(name)[appearance]]),
  ...Object.entries(SIGNS).map(([name, sign]): [string, Tones] => [name, sign[appearance]]),
];

const declared = (colours: [string, Tones][]): string[] => {
  const { startedBy: grey } = languageFacts('node');
  return [
    ...colours.flatMap(([name, { fill, ink }]) => [`--${name}:${fill}`, `--${name}-ink:${ink}`]),
    ...BASELINES.map(
      ({ baseline, startedBy }) => `--${baseline}:color-mix(in srgb,var(--${startedBy}) 55%,var(--${grey}))`,
    ),
  ];
};

/** Colours as CSS declarations: `--threads` for surfaces, `--threads-ink` for text. */
export function palette(appearance: Appearance): string {
  return declared(ownColours(appearance)).join(';');
}

/** The style sheet that gives a page these colours, by its `color-scheme`. */
export function paletteSheet(): string {
  const dark = new Map(ownColours('dark'));
  const both = ownColours('light').map(([name, light]): [string, Tones] => {
    const { fill, ink } = dark.get(name) ?? light;
    return [name, { fill: `light-dark(${light.fill},${fill})`, ink: `light-dark(${light.ink},${ink})` }];
  });
  return `:root{${declared(both).join(';')}}\n`;
}
