import { seededRandom } from './random';

/** Values at and around which a figure changes its unit or its number of digits. */
const EDGES = [1e-6, 1e-4, 1e-3, 0.01, 0.0995, 0.1, 0.995, 1, 9.95, 9.995, 10, 99.5, 99.95, 100, 999.5, 999.95, 1e3]
  .flatMap((edge) => [1, 1e3, 1e6, 1e9, 1e12].map((scale) => edge * scale))
  .concat([
    1024,
    1024 ** 2,
    1024 ** 3,
    1024 ** 4,
    6e4,
    119_500,
    12e4,
    36e5,
    7_170_000,
    72e5,
    2 ** 53,
    1e16,
    1e21,
    1e300,
  ])
  .concat([1e-310, 1e-300, 1e-20, 1e-9, 0.07, 0.29, 0.57, 0.005, 0.00995]);

const around = (edge: number): number[] => [edge * (1 - 1e-9), edge, edge * (1 + 1e-9), edge * 0.999, edge * 1.001];

/** Ten thousand values, log-uniform over all that is measured, and the edges; the same each time. */
export const VALUES: readonly number[] = (() => {
  const random = seededRandom(16);
  const drawn = Array.from({ length: 10_000 }, () => 10 ** (random() * 26 - 10) * (random() < 0.1 ? -1 : 1));
  return [0, ...EDGES.flatMap(around), ...EDGES.map((edge) => -edge), ...drawn];
})();

const OF: Record<string, number> = {
  ns: 1e-6, 'µs': 1e-3, ms: 1, s: 1e3, min: 6e4, h: 36e5,
  B: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, PB: 1e15, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3, TiB: 1024 ** 4, PiB: 1024 ** 5,
  '%': 0.01, points: 0.01, '×': 1, '/s': 1, '': 1,
}; // prettier-ignore

/** What a figure says, in the unit that `name` takes, and what its last digit stands for. */
export function readFigure(name: string, text: string): { says: number; lastDigit: number } {
  const [sign, size] = text.startsWith('−') ? [-1, text.slice(1)] : [1, text];
  const words = size.split(' ');
  let [says, lastDigit] = [0, 0];
  for (let at = 0; at < words.length; at += 2) {
    const figure = (words[at] ?? '').replaceAll(',', '').replace('−', '-');
    const of = OF[(words[at + 1] ?? '').replace(/(?<=\w)\/s$/, '')];
    if (of === undefined || Number.isNaN(Number(figure))) throw new Error(`"${text}" is no figure.`);
    const [digits = '', exponent = '0'] = figure.split('e');
    says += Number(figure) * of;
    lastDigit = of * 10 ** (Number(exponent) - (digits.split('.')[1]?.length ?? 0));
  }
  const scale = name === 'durationOfUs' ? 1e3 : 1;
  return { says: sign * says * scale, lastDigit: lastDigit * scale };
}
