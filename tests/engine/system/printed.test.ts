import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { describe, expect, it } from 'vitest';
import { Printed, readPrinted } from '../../../src/engine/system/printed';

/** Lines of 744 bytes, which cost 1,000 each; a clock that stands still until it is moved. */
const LINE = 'x'.repeat(744);

function printed() {
  let nowMs = 0;
  const got: [string, number][] = [];
  const it = new Printed(
    { atOnceBytes: 10_000, bytesPerSecond: 2_000 },
    (text, lost = 0) => got.push([text, lost]),
    () => nowMs,
  );
  return { got, add: it.add, tell: it.tell, pass: (ms: number) => (nowMs += ms) };
}

describe('what is printed', () => {
  it('goes on up to an allowance; then it is counted, and told where it would have stood', () => {
    const { got, add, pass } = printed();
    for (let i = 0; i < 25; i++) add(LINE);
    expect(got).toHaveLength(10);
    pass(900);
    add(LINE);
    expect(got).toHaveLength(10);
    pass(100);
    add('after');
    expect(got.slice(10)).toEqual([
      ['… 16 lines (11.6 KiB) were printed too fast and dropped', 16],
      ['after', 0],
    ]);
  });

  it('is told of once a second while it goes on, and at the end', () => {
    const { got, add, tell, pass } = printed();
    for (let second = 0; second < 3; second++) {
      for (let i = 0; i < 1000; i++) add(LINE);
      pass(1000);
    }
    tell();
    tell();
    const lost = got.reduce((sum, [, lines]) => sum + lines, 0);
    expect(lost + got.filter(([, lines]) => lines === 0).length).toBe(3000);
    expect(got.length).toBeLessThan(30);
  });

  it('counts lines that stand for others as those others', () => {
    const { got, add, tell } = printed();
    for (let i = 0; i < 10; i++) add(LINE);
    add(LINE, 5);
    add(LINE, 7);
    tell();
    expect(got.slice(10).map(([, lines]) => lines)).toEqual([12]);
  });

  it('of a process that ends is read to its end, and what is left out is told', async () => {
    const [out, err] = [new PassThrough(), new PassThrough()];
    const got: [string, number][] = [];
    readPrinted([out, err, null], (text, lost = 0) => got.push([text, lost]));
    for (let i = 0; i < 2000; i++) out.write('line\n'.repeat(100));
    out.end();
    err.end('no end');
    await Promise.all([finished(out), finished(err)]);
    expect(got.reduce((sum, [, lines]) => sum + Math.max(1, lines), 0)).toBe(200_001);
    expect(got.some(([, lines]) => lines > 0)).toBe(true);
  });
});
