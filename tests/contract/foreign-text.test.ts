import { describe, expect, it } from 'vitest';
import {
  asCsv,
  asFileName,
  asHtml,
  asJson,
  asMarkdown,
  CoreloomError,
  errorInfo,
  MAX_SENTENCE,
  plain,
  plainIn,
  spelledOut,
  visible,
} from '../../src/contract';

/** Everything that steers, hides, turns around or breaks a line, one by one. */
const HARMFUL = [
  ...Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code)).filter(
    (character) => !'\n\t'.includes(character),
  ),
  ...Array.from({ length: 0x21 }, (_, at) => String.fromCharCode(0x7f + at)),
  ...[
    0xad, 0x61c, 0x115f, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202e, 0x2060, 0x2066,
    0x2069, 0x3164, 0xfe0f, 0xfeff, 0xfff9, 0xe0001, 0xe0041, 0xe0101,
  ].map((code) => String.fromCodePoint(code)),
  '\ud83d',
  '\udc00',
];
const names = (character: string): string => `U+${(character.codePointAt(0) ?? 0).toString(16)}`;

describe('what does harm where it is shown', () => {
  it.each(HARMFUL.map((character) => [names(character), character]))(
    '%s is seen, and steers nothing',
    (_, character) => {
      const text = `a${character}é`;
      for (const shown of [
        visible(text),
        plain(text),
        asHtml(text),
        asMarkdown(text),
        asCsv(text),
        spelledOut(text),
        asJson(text),
      ]) {
        expect(shown).not.toContain(character);
        expect(shown).toMatch(/^"?a.+(é|\\u00e9)"?$/);
      }
      expect(JSON.parse(asJson(text))).toBe(text);
    },
  );

  it.each(['naïve – “quoted” … 100 % µs', 'שלום، سلام', '日本語', '👩‍👩‍👧 ❤️ 1️⃣ 👍🏽', 'नमस्ते می‌خواهم', 'C:\\Users\\Zoë'])(
    '%s stays as it is',
    (text) => {
      expect(plain(text)).toBe(text);
      expect(asHtml(text)).toBe(text);
      expect(spelledOut(text.replaceAll(/[\u200c\u200d\ufe0f]/g, ''))).toBe(
        text.replaceAll(/[\u200c\u200d\ufe0f]/g, ''),
      );
    },
  );

  it('colours, titles and links of a terminal go whole', () => {
    expect(
      visible(
        '\u001b[1;31mred\u001b[0m \u001b]0;owned\u0007title \u001b]8;;http://x.test\u001b\\link\u001b]8;;\u001b\\ \u009b2Jc1',
      ),
    ).toBe('red title link c1');
    expect(visible('\u001b\u001b[m[31mred')).toBe('\ufffd[31mred');
  });

  it('a text is one line, so that it forges none', () => {
    expect(plain('a\r\nSaved /etc\u2028b\rc\u0085d')).toBe('a Saved /etc b c d');
    expect(visible('one\ntwo\r\nthree\tfour')).toBe('one\ntwo\r\nthree\tfour');
  });

  it('marks do not pile up', () => {
    expect(plain(`Z${'\u0351'.repeat(500)}`).length).toBeLessThan(12);
  });

  it('is bounded, and says how much was cut off', () => {
    const text = plain('y'.repeat(3_000_000));
    expect(text.length).toBeLessThan(MAX_SENTENCE + 60);
    expect(text).toMatch(/^y+… \(2,998,000 more characters cut off\)$/);
    expect(plain('👍'.repeat(3000), 5)).toMatch(/^👍👍… \(/u);
  });

  it('takes a time that grows with the text alone', () => {
    for (const piece of ['\u001b]', '\u009d', '\u001b[0', 'a@', '`', '\u202e', '\u0301', ';']) {
      const text = piece.repeat(500_000);
      for (const target of [visible, asMarkdown, asCsv, asHtml, asJson]) expect(typeof target(text)).toBe('string');
    }
  });

  it('every text of plain data is plain, and names of fields; numbers stay', () => {
    const numbers = [1, 2.5, -0];
    const value = { a: ['x\u202e', null, { 'b\n': '\u001b[2J!' }], numbers };
    expect(plainIn(value)).toEqual({ a: ['x\ufffd', null, { b: '!' }], numbers });
    expect(plainIn(value).numbers).toBe(numbers);
  });

  it('errors are plain, whatever was thrown', () => {
    expect(new CoreloomError('bad-input', 'no\u202e\nfile').message).toBe('no\ufffd file');
    expect(errorInfo(new Error('a\u001b[31mb\rc')).message).toBe('ab c');
    expect(errorInfo('\u0000'.repeat(1e6)).message.length).toBeLessThan(MAX_SENTENCE + 60);
  });
});

describe('Markdown', () => {
  it.each([
    ['see https://evil.test/x, now', 'see `https://evil.test/x,` now'],
    ['www.evil.test', '`www.evil.test`'],
    ['mailto:a@evil.test', '`mailto:a@evil.test`'],
    ['thanks @admin and org/repo#12 or #3', 'thanks `@admin` and `org/repo#12` or `#3`'],
    ['GH-7 and c5d4590f', '`GH-7` and `c5d4590f`'],
    ['costs $x$ :tada:', 'costs `$x$` `:tada:`'],
    ['`@a`|@b', '\\``@a`\\`\\|`@b`'],
    [
      '**b** _i_ [l](u) ![i](u) <b> # h ~s~ &amp;',
      '\\*\\*b\\*\\* \\_i\\_ \\[l\\](u) \\!\\[i\\](u) &lt;b&gt; \\# h \\~s\\~ &amp;amp;',
    ],
    ['- item', '\\- item'],
    ['12. item', '12\\. item'],
    ['--- ', '\\---'],
    ['    code', 'code'],
    ['at 19:05:37, -5 of 1,234,567', 'at 19:05:37, -5 of 1,234,567'],
  ])('%s is text', (text, written) => {
    expect(asMarkdown(text)).toBe(written);
  });
});

describe('a cell of CSV', () => {
  it.each([
    '=1+1',
    '+1',
    '-1+cmd',
    '@SUM(A1)',
    '\t=1',
    ' =1',
    '＝1+1',
    '＋1',
    '－1',
    '＠A1',
    '\u200b=1',
    '\ufeff=1',
    '\u202e=1',
    '"=1',
    "'=1",
    '−1',
    '﹦1',
    '\u0000=1',
  ])('%j is no formula', (text) => {
    expect(asCsv(text).replace(/^"/, '')).toMatch(/^'/);
  });

  it.each([
    ['a;=cmd()', "a;'=cmd()"],
    ['a\t+1', "a\t'+1"],
    ['a; ＝1', "a;' ＝1"],
  ])('%j begins none where another program parts cells', (text, written) => {
    expect(asCsv(text)).toBe(written);
  });

  it('what is harmless stays', () => {
    expect(asCsv('plain, "quoted"; text – 1')).toBe('"plain, ""quoted""; text – 1"');
  });
});

it('a name is spelled out, and a part of a file name is plain', () => {
  expect(spelledOut('/a/harmless\u202egnp.mjs\u001b[2J\n')).toBe('/a/harmless\\u{202e}gnp.mjs\\u{1b}[2J\\u{a}');
  expect(asFileName('../=x\u202e:con ')).toBe('x-con');
});
