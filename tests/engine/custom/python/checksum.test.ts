import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { resultChecksum } from '../../../../src/engine/custom/checksum';
import { seededRandom } from '../../../support/random';
import { allInterpreters, HOST_FOLDER } from '../../python/support/pythons';

const interpreters = await allInterpreters();
const itWithPython = it.skipIf(interpreters.length === 0);

/** Runs a few lines of Python that see `checksum`, and answers what they print. */
function python(command: readonly string[], source: string, input = ''): string {
  const [program = '', ...first] = command;
  const head = `import sys\nsys.path.insert(0, ${JSON.stringify(HOST_FOLDER)})\nfrom coreloom_host.checksum import *\nchecksum = result_checksum\n`;
  const { stdout, stderr } = spawnSync(program, [...first, '-c', head + source], { encoding: 'utf8', input });
  expect(stderr).toBe('');
  return stdout;
}

const FIXED: unknown[] = [
  null,
  true,
  false,
  0,
  1,
  -1,
  0.1,
  1e300,
  5e-324,
  2 ** 53,
  2 ** 53 + 2,
  2 ** 60,
  -(2 ** 70),
  1e21,
  '',
  'a',
  'ab',
  'abc',
  'é',
  '🧵',
  'a🧵b',
  '\u0000',
  '\ud800',
  'line\nline',
  [],
  [[]],
  [null, [1, '1', true]],
  {},
  { a: 1 },
  { b: 1, a: [2, { c: null }] },
  { '🧵': 1, '\uffff': 2, z: 3, '': 4 },
  { 10: 1, 9: 2 },
];

/** A value of JSON, made by chance. */
function anything(random: () => number, depth = 0): unknown {
  const pick = Math.floor(random() * (depth > 3 ? 5 : 7));
  const text = (): string =>
    String.fromCodePoint(
      ...Array.from({ length: Math.floor(random() * 6) }, () =>
        Math.floor(random() * (random() < 0.3 ? 0x10ffff : 0x7f)),
      ),
    );
  if (pick === 0) return null;
  if (pick === 1) return random() < 0.5;
  if (pick === 2) return Math.floor((random() - 0.5) * 2 ** Math.floor(random() * 53));
  if (pick === 3) return (random() - 0.5) * 10 ** Math.floor(random() * 40 - 20);
  if (pick === 4) return text();
  const items = Array.from({ length: Math.floor(random() * 6) }, () => anything(random, depth + 1));
  return pick === 5 ? items : Object.fromEntries(items.map((item) => [text(), item]));
}

describe('the checksum of a result', () => {
  itWithPython('is the same in every Python as in Node for all that JSON can hold', () => {
    const random = seededRandom(7);
    const values = [...FIXED, ...Array.from({ length: 400 }, () => anything(random))];
    // JSON's large numbers are those of JavaScript, of which the last digits are not all written.
    const source =
      'import json\nprint(json.dumps([checksum(value) for value in json.loads(sys.stdin.read(), parse_int=lambda text: int(float(text)))]))';
    for (const { version, command } of interpreters)
      expect(JSON.parse(python(command, source, JSON.stringify(values))), `Python ${version}`).toEqual(
        values.map(resultChecksum),
      );
  });

  itWithPython('is the same in every Python as in Node for bytes', () => {
    const texts = ['', 'a', 'ab', '\u0000', 'twelve bytes', 'é'.repeat(1000)];
    const source =
      'import json\nprint(json.dumps([checksum({"of": [kind(text.encode())]}) for text in json.loads(sys.stdin.read()) for kind in (bytes, bytearray, memoryview)]))';
    const expected = texts.flatMap((text) => Array<number>(3).fill(resultChecksum({ of: [Buffer.from(text)] })));
    for (const { version, command } of interpreters)
      expect(JSON.parse(python(command, source, JSON.stringify(texts))), `Python ${version}`).toEqual(expected);
  });

  itWithPython('holds what only Python has apart', () => {
    const command = interpreters[0]?.command ?? [];
    const said = (source: string): unknown =>
      JSON.parse(
        python(command, `import json, math, datetime, decimal, fractions, collections, enum, array\n${source}`),
      );
    expect(
      said(
        'print(json.dumps([checksum(float("nan")), checksum(-float("nan")), checksum(-0.0), checksum(math.inf), checksum(2**53 + 1), checksum(10**30 + 1)]))',
      ),
    ).toEqual([NaN, NaN, -0, Infinity, 2n ** 53n + 1n, 10n ** 30n + 1n].map(resultChecksum));
    const distinct =
      'datetime.date(2020, 1, 2), datetime.date(2020, 1, 3), decimal.Decimal("1.5"), fractions.Fraction(3, 2), 1.5, range(3), [0, 1, 2], {0: 1}, {"0": 1}, {1, 2}, {1, 3}, b"12", b"13", bytearray(b"123"), "12", 1 + 2j, array.array("d", [1, 2]), collections.deque([1, 2])';
    expect(
      said(`values = [${distinct}]\nprint(json.dumps([len(values), len({checksum(value) for value in values})]))`),
    ).toEqual([18, 18]);
    expect(
      said(
        'print(json.dumps([checksum({1, "b", "a"}) == checksum({"a", "b", 1}), checksum((1, 2)) == checksum([1, 2]), checksum({"a": 1, "b": 2}) == checksum({"b": 2, "a": 1}), checksum(b"12") == checksum(memoryview(b"12"))]))',
      ),
    ).toEqual([true, true, true, true]);
    expect(said('a = []\na.append(a)\nprint(json.dumps(checksum(a)))')).toBe(cycle());
  });

  itWithPython('names the place of what no other worker could be sent', () => {
    const command = interpreters[0]?.command ?? [];
    const said = (value: string): string =>
      python(
        command,
        `import threading\nclass A:\n    def __init__(self): self.inner = {"file": sys.stdin}\ndef f(): yield 1\ntry:\n    checksum(${value})\nexcept NotSerialisable as error:\n    print(error)\nexcept RecursionError:\n    print("deep")`,
      ).trim();
    expect(said('{"rows": [1, len]}')).toBe("result['rows'][1] is a function (len)");
    expect(said('[f()]')).toBe('result[0] is a generator (return what it yields)');
    expect(said('A')).toBe('result is a class (A)');
    expect(said('threading.Lock()')).toBe('result is of the type lock');
    expect(said('{1: sys.stdin}')).toBe('result[1] is of the type TextIOWrapper');
    expect(said('A()')).toContain('is of the type TextIOWrapper');
    expect(said('sys')).toBe('result is of the type module');
    expect(said('__import__("functools").reduce(lambda a, _: [a], range(100000), 1)')).toBe('deep');
  });
});

function cycle(): number {
  const list: unknown[] = [];
  list.push(list);
  return resultChecksum(list);
}
