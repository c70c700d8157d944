import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { asJson, type Report } from '../../src/contract';
import { parseReport } from '../../src/engine/reports/any-kind';
import { makeCompareReport } from '../fixtures/compare-report';
import { makeReport } from '../fixtures/report';
import { makeScaleReport } from '../fixtures/scale-report';
import { makeScorecardReport } from '../fixtures/scorecard-report';
import { fault } from './fault';
import { ended, scene } from './scene';

/** A piece of everything that some place takes for more than text. */
const NASTY = [
  '\u001b[2J\u001b]0;owned\u0007\u001b]8;;https://evil.test\u001b\\here\u001b]8;;\u001b\\\u009b31m\u0008\u0000\rforged: line\nSaved /etc/passwd\r\n',
  '\u202egnp.exe\u2066\u2069\u200f\u061c\u200b\u2060\ufeff\u{e0041}\u2028\u2029\u0085\ud800',
  '<script>alert(1)</script><img src=x onerror=alert(1)><a href="https://evil.test">x</a></title></style>&#x3c;',
  ' https://evil.test www.evil.test a@evil.test @everyone #1 org/repo#2 GH-3 c5d4590f $x$ :tada: [l](https://evil.test) ![i](javascript:1) `c` | cell\n# head\n- [x] item\n```js\n',
  '=cmd|calc!A1 ;=1+1;＝1+1\t@SUM(A1)',
  `Z${'\u0351'.repeat(60)}`,
].join('');
const BEGINNINGS = ['=1+1', '＝1+1', '\u200b=1', '\ufeff@A1', '- item', ''];

/** Everything that steers, hides or turns around; lines end, columns are parted. */
const HARM = /(?![\n\r\t])[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/** The same report with nasty text in every place that takes any. */
function hostile(report: Report): Report {
  let count = 0;
  const filled = (part: unknown, accepts: (candidate: unknown) => boolean): unknown => {
    if (typeof part === 'string') {
      const text = `${BEGINNINGS[count++ % BEGINNINGS.length] ?? ''}${NASTY}`;
      return accepts(text) ? text : part;
    }
    if (
      typeof part !== 'object' ||
      part === null ||
      (Array.isArray(part) && part.every((one) => typeof one === 'number'))
    )
      return part;
    const copy = (Array.isArray(part) ? [...(part as unknown[])] : { ...part }) as Record<string, unknown>;
    for (const [key, value] of Object.entries(copy))
      copy[key] = filled(value, (candidate) =>
        accepts(
          Array.isArray(part)
            ? Object.assign([...(part as unknown[])], { [key]: candidate })
            : { ...part, [key]: candidate },
        ),
      );
    return copy;
  };
  const accepted = (candidate: unknown): boolean => {
    try {
      parseReport(candidate);
      return true;
    } catch {
      return false;
    }
  };
  return { ...(filled(report, accepted) as Report), id: `hostile-${report.kind}` };
}

const small = { cores: 2, workers: { threads: 1, processes: 1 }, elapsedMs: 500, taskMs: 100 };
const REPORTS: readonly Report[] = [
  makeReport({}, small),
  makeCompareReport([
    { contender: 'sequential', makespanMs: 1000, workers: 1 },
    { contender: 'threads', makespanMs: 500 },
  ]),
  makeScaleReport([{ executor: 'threads', throughput: (workers) => 100 * Math.min(workers, 4) }]),
  makeScorecardReport(),
];

for (const report of REPORTS) {
  fault(
    {
      area: 'Hostile reports',
      fault: `a ${report.kind} report with escape codes, direction marks, markup, links and formulas in every text`,
      promise:
        'in every format, in pipes and in terminals, it is plain text: it controls, links, runs and forges nothing',
    },
    async () => {
      const place = scene();
      const file = place.file('hostile.json', JSON.stringify(hostile(report)));
      const shown = async (...args: string[]): Promise<string> => {
        const { code, out, err } = await ended(place, place.coreloom(args));
        expect([code, err]).toEqual([0, '']);
        expect(out).not.toMatch(HARM);
        return out;
      };
      const id = `hostile-${report.kind}`;
      for (const args of [['history', 'import', file], ['history', '--json'], ['history'], ['report', file]])
        await shown(...args);
      const summary = await shown('report', id);
      expect(summary).not.toMatch(/^(Saved|forged|- \[x\])/m);
      const json = await shown('report', id, '--format', 'json');
      expect(json).toMatch(/^[^\u0080-\u009f]*$/u);
      expect(parseReport(JSON.parse(json))).toMatchObject({ id });

      const markdown = await shown('report', id, '--format', 'md');
      const prose = markdown.replace(/\\./g, '').replace(/`[^`\n]*`/g, '');
      expect(prose).not.toMatch(/:\/\/|www\.|@|<\w|\[|#\d|\$/);
      expect(markdown).not.toMatch(/^(Saved|forged|```|- \[x\])/m);

      const html = await shown('report', id, '--format', 'html');
      expect(html).not.toMatch(/<(script|img|a)\b/i);

      for (const format of ['csv', 'samples.csv']) {
        const csv = await shown('report', id, '--format', format);
        for (const cell of csv.split(/,|\r\n|;|\t/))
          expect(cell.replace(/^"/, '')).not.toMatch(/^[\s"\ufffd]*(?![-+]?[\d.]+(e[-+]\d+)?"?$)[=+\-@＝＋－＠]/);
      }
      if (report.kind === 'live')
        expect(JSON.parse(await shown('report', id, '--format', 'trace'))).toHaveProperty('traceEvents');
      expect(readFileSync(`${place.home}/reports/${id}.json`, 'utf8')).not.toMatch(HARM);
      expect(asJson(report)).toBe(JSON.stringify(report));
    },
  );
}
