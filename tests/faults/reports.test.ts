import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { REPORT_SCHEMA_VERSION } from '../../src/contract';
import { makeHostileReport } from '../fixtures/hostile-report';
import { makeReport } from '../fixtures/report';
import { fault } from './fault';
import { ended, scene, type Scene } from './scene';

const area = 'Reports that are not whole';
const good = JSON.stringify(makeReport());

/** A data folder with a good report and one that is not. */
function withReport(text: string): Scene {
  const place = scene();
  mkdirSync(join(place.home, 'reports'), { recursive: true });
  writeFileSync(join(place.home, 'reports', 'good.json'), JSON.stringify({ ...makeReport(), id: 'good' }));
  writeFileSync(join(place.home, 'reports', 'other.json'), text);
  return place;
}

const BROKEN: readonly { what: string; text: string; said: RegExp }[] = [
  { what: 'half of a report (a disk that was full)', text: good.slice(0, good.length / 2), said: /JSON|half|cut/i },
  { what: 'an empty file', text: '', said: /empty|JSON/i },
  { what: 'bytes of something else', text: '\u0000\u0001GIF89a', said: /JSON/i },
  { what: 'JSON of another program', text: '{"name":"something","version":1}', said: /report/i },
  {
    what: 'a report of a future version',
    text: JSON.stringify({ ...makeReport(), schemaVersion: REPORT_SCHEMA_VERSION + 1 }),
    said: /newer Coreloom/,
  },
  {
    what: 'a report nested 100,000 levels deep',
    text: `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
    said: /report|JSON|deep/i,
  },
  {
    what: 'a report whose numbers are strings',
    text: good.replace(/"elapsedMs":\d+/, '"elapsedMs":"long"'),
    said: /elapsedMs/,
  },
];

for (const { what, text, said } of BROKEN) {
  fault(
    {
      area,
      fault: `${what} lies among the saved ones`,
      promise: 'the list says why it cannot be read, and lists the others',
    },
    async () => {
      const place = withReport(text);
      const { code, out, err } = await ended(place, place.coreloom(['history']));
      expect(code, err).toBe(0);
      expect(out).toMatch(/good/);
      expect(`${out}${err}`).toMatch(said);
      expect(`${out}${err}`).not.toMatch(/^\s+at /m);
    },
  );

  fault(
    {
      area,
      fault: `${what} is opened or imported`,
      promise: 'one sentence says what is wrong, exit 1; nothing is stored',
    },
    async () => {
      const place = scene();
      const file = place.file('foreign.json', text);
      for (const args of [
        ['report', file],
        ['history', 'import', file],
      ]) {
        const { code, out, err } = await ended(place, place.coreloom(args));
        expect([code, out], err).toEqual([1, '']);
        expect(err).toMatch(said);
        expect(err.trim().split('\n')).toHaveLength(1);
      }
      expect(place.reports()).toEqual([]);
    },
  );
}

fault(
  {
    area,
    fault: 'a report with hostile text in every field is shown',
    promise: 'no control character, no escape code and no mark of writing direction reaches the terminal',
  },
  async () => {
    const place = scene();
    const file = place.file('hostile.json', JSON.stringify({ ...makeHostileReport(), id: 'hostile' }));
    const { code, out, err } = await ended(place, place.coreloom(['report', file]));
    expect(code, err).toBe(0);
    expect(out).toMatch(/script/);
    expect(`${out}${err}`).not.toMatch(
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/,
    );
  },
);
