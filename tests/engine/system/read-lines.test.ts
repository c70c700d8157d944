import { describe, expect, it } from 'vitest';
import { Lines } from '../../../src/engine/system/read-lines';

function lines(...chunks: (string | Buffer)[]): string[] {
  const got: string[] = [];
  const reader = new Lines((line) => got.push(line));
  for (const chunk of chunks) reader.add(chunk);
  reader.end();
  return got;
}

describe('lines', () => {
  it('end where they end, however they come, and the last without an end', () => {
    expect(lines('a\nb', 'c\r\n\n', 'd')).toEqual(['a', 'bc', '', 'd']);
  });

  it('are read from bytes: a character may come in two pieces, and what is no text is seen', () => {
    const euro = Buffer.from('€\n');
    expect(lines(euro.subarray(0, 1), euro.subarray(1), Buffer.from([0xff, 0x41, 0x0a]))).toEqual(['€', '\ufffdA']);
    expect(lines(euro.subarray(0, 2))).toEqual(['\ufffd']);
  });

  it('are cut into several where they are long, in one piece or in many, and no character in two', () => {
    const long = `a${'👍'.repeat(8192)}`;
    for (const chunks of [[`${long}\nb`], [...long.match(/.{1,100}/gsu)!, '\nb']]) {
      const got = lines(...chunks);
      expect(got.slice(0, -1).join('')).toBe(long);
      expect(Math.max(...got.map((line) => line.length))).toBeLessThanOrEqual(8192);
      for (const line of got) expect(line).not.toMatch(/\p{Cs}/u);
      expect(got.at(-1)).toBe('b');
    }
  });

  it('say how much of them is left out where they have no end', () => {
    for (const chunks of [
      ['y'.repeat(1e6), '\nnext'],
      [...Array<string>(1000).fill('y'.repeat(1000)), '\nnext'],
    ]) {
      const got = lines(...chunks);
      expect(got.at(-1)).toBe('next');
      expect(got.at(-2)).toBe('… 934,464 more characters of this line were dropped');
      expect(got.slice(0, -2).join('')).toBe('y'.repeat(64 * 1024));
    }
  });
});
